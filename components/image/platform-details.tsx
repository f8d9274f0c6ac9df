import Link from 'next/link'
import { comparePlatformPath } from '#components/diff/diff-address.ts'
import { formatBytes } from '#components/ui/bytes.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ImagePlatformDto, ImageResponse } from '#lib/api/image.ts'
import { CONTENTS_VIEWS, contentsPath, imagePath } from '#lib/client/page-paths.ts'
import { AttachmentList } from './attachment-list.tsx'
import { attachmentsOf } from './attachments-model.ts'
import { DottedFacts } from './dotted-facts.tsx'
import { envEntry } from './env-entry.ts'
import { ForeignText } from './foreign-text.tsx'
import { LayerList } from './layer-list.tsx'
import { mediaTypeName } from './media-type-name.ts'
import { withChildStep } from './next-step.ts'
import { ProcessFacts } from './process-facts.tsx'
import { RawManifest } from './raw-manifest.tsx'
import { runLines } from './run-lines.ts'
import { RunLinesPanel } from './run-lines-panel.tsx'
import { SubSection } from './sub-section.tsx'
import { ValueList } from './value-list.tsx'

interface PlatformDetailsProps {
  readonly image: ImageResponse
  readonly platform: ImagePlatformDto
}

/** One platform's image: how to get it, what it starts, what it is made of, what describes it. */
export function PlatformDetails({ image, platform }: PlatformDetailsProps) {
  const { repository, tag } = image
  const { config, problem, digest } = platform
  const attachments = attachmentsOf(image, digest)
  const attached = attachments.attestations.length + attachments.referrers.length
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Identity image={image} platform={platform} />
      {problem && (
        <ProblemPanel
          problem={withChildStep(problem)}
          tone={platform.presence === 'missing' ? 'fail' : 'warn'}
        />
      )}
      <RunLinesPanel lines={runLines({ repository, tag, platform })} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 empty:hidden lg:grid-cols-[minmax(0,1fr)_380px]">
        <div className="grid min-w-0 content-start gap-6">
          {(config !== undefined || platform.layers.length > 0) && <LayerList platform={platform} />}
          {platform.presence === 'present' && (
            <nav aria-label={`Inside ${platform.platform}`} className="-mt-4 flex gap-4 print:hidden">
              {CONTENTS_VIEWS.map((view) => (
                <Link
                  key={view}
                  href={contentsPath(image.reference, platform.platform, view)}
                  prefetch={false}
                  className="text-accent capitalize hover:underline"
                >
                  {view}
                </Link>
              ))}
            </nav>
          )}
          {(attached > 0 || platform.presence === 'present') && (
            <SubSection title="Attestations and referrers" {...(attached > 0 ? { note: attached } : {})}>
              {attached > 0 ? (
                <AttachmentList attachments={attachments} repository={repository} />
              ) : (
                <p className="card px-3.5 py-3 text-muted">
                  {image.referrersProblem
                    ? 'None in the index; the registry could not be asked for referrers.'
                    : 'No attestation and no referrer was found for this image.'}
                </p>
              )}
            </SubSection>
          )}
          <ValueList title="Labels" entries={Object.entries(config?.labels ?? {})} />
          <ValueList title="Annotations" entries={Object.entries(platform.annotations)} />
        </div>
        <div className="grid min-w-0 content-start gap-6">
          {config && (
            <>
              <SubSection title="What it starts">
                <ProcessFacts config={config} />
              </SubSection>
              <ValueList title="Environment" entries={config.env.map(envEntry)} />
            </>
          )}
        </div>
      </div>
      {platform.presence !== 'missing' && (
        <RawManifest reference={`${repository}@${digest}`} of={platform.platform} />
      )}
    </div>
  )
}

function Identity({ image, platform }: PlatformDetailsProps) {
  const { digest, mediaType, sizeBytes, config, layers, presence, nestedIn, shadowed } = platform
  const isOwnPage = image.digest === digest
  const comparison = comparePlatformPath(
    image.reference,
    platform.platform,
    image.platforms.filter((each) => each.presence === 'present').map((each) => each.platform),
  )
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="font-[560] font-mono text-[1rem]">
          <PlatformName platform={platform.platform} className="!text-[1rem]" />
        </h3>
        <DottedFacts
          facts={[
            platform.osVersion === undefined ? undefined : (
              <ForeignText key="os" text={`os.version ${platform.osVersion}`} maxLength={80} />
            ),
            image.kind === 'index' ||
            config === undefined ||
            config.rawPlatform === platform.platform ? undefined : (
              <ForeignText key="raw" text={`its config says ${config.rawPlatform}`} maxLength={120} />
            ),
            sizeBytes === undefined ? undefined : `${formatBytes(sizeBytes)} compressed`,
            presence === 'present' ? plural(layers.length, 'layer') : undefined,
            <span key="type" title={mediaType}>
              <ForeignText text={mediaTypeName(mediaType)} maxLength={120} />
            </span>,
            config?.created === undefined ? undefined : (
              <span key="created">
                built <TimeAgo at={config.created} />
              </span>
            ),
          ]}
        />
      </div>
      <p className="mt-0.5 flex flex-wrap items-start gap-x-3">
        <span className="inline-flex min-w-0 items-start gap-1">
          <span className="mono min-w-0 break-all py-[3px] text-muted">{digest}</span>
          <CopyButton text={digest} label={`Copy digest of ${platform.platform}, whole`} />
        </span>
        {!isOwnPage && presence !== 'missing' && (
          <Link
            href={imagePath(`${image.repository}@${digest}`)}
            prefetch={false}
            className="text-accent leading-6 hover:underline print:hidden"
          >
            Open on its own page
          </Link>
        )}
        {comparison !== undefined && presence === 'present' && (
          <Link
            href={comparison}
            prefetch={false}
            className="text-accent leading-6 hover:underline print:hidden"
          >
            Compare with another platform
          </Link>
        )}
      </p>
      {shadowed && (
        <p className="mt-1 text-note text-warn">
          An earlier entry of this index names the same platform. Clients take the first, so this image is
          never pulled through the index.
        </p>
      )}
      {nestedIn !== undefined && (
        <p className="mt-1 text-muted text-note">
          Listed by the nested index{' '}
          <Link
            href={imagePath(`${image.repository}@${nestedIn}`)}
            prefetch={false}
            className="mono break-all text-accent hover:underline"
          >
            {nestedIn}
          </Link>
          ; many clients do not look into it.
        </p>
      )}
    </div>
  )
}
