import { formatBytes } from '#components/ui/bytes.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { plural } from '#components/ui/plural.ts'
import { Section } from '#components/ui/section.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { manifestKindOf } from '#lib/oci/media-type.ts'
import { artifactLines } from './artifact-lines.ts'
import { artifactTypeName } from './artifact-type-name.ts'
import { CodeLine } from './code-line.tsx'
import { ForeignText } from './foreign-text.tsx'
import { mediaTypeName } from './media-type-name.ts'
import { SubSection } from './sub-section.tsx'

const MAX_SHOWN = 200

/** Something that lives in a registry and is no container image: what it says it is, and its files. */
export function ArtifactSection({ image }: { image: ImageResponse }) {
  const { artifactType, artifactLayers = [] } = image
  const isIndex = manifestKindOf(image.mediaType) === 'index'
  const name = artifactType === undefined ? undefined : artifactTypeName(artifactType)
  const lines = artifactLayers.length > 0 ? artifactLines(image) : []
  const totalBytes = artifactLayers.reduce((sum, layer) => sum + layer.sizeBytes, 0)
  return (
    <Section title="Artifact">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <div className="card px-[18px] py-3.5">
          <p className="font-[620]">
            {name ?? (isIndex ? 'An index of artifacts' : 'An artifact of a type Archway has no name for')}
          </p>
          {artifactType !== undefined && (
            <p className="mono mt-0.5 break-words text-muted">
              <ForeignText text={artifactType} maxLength={300} />
            </p>
          )}
          <p className="mt-1.5 text-muted">
            Not a container image: it has no platform, and nothing of it can be run. It is never counted as
            one.
          </p>
        </div>
        {artifactLayers.length > 0 && (
          <SubSection
            title="Files"
            note={`${plural(artifactLayers.length, 'file')} · ${formatBytes(totalBytes)}`}
          >
            <ol className="card divide-y divide-line">
              {artifactLayers.slice(0, MAX_SHOWN).map((layer, at) => (
                <li
                  // biome-ignore lint/suspicious/noArrayIndexKey: an artifact may hold the same file twice
                  key={at}
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3.5 py-2"
                >
                  <span className="min-w-0 flex-1 basis-56 break-words">
                    <ForeignText
                      text={artifactTypeName(layer.mediaType) ?? mediaTypeName(layer.mediaType)}
                      maxLength={200}
                    />
                    {artifactTypeName(layer.mediaType) !== undefined && (
                      <span className="block text-muted text-note">
                        <ForeignText text={layer.mediaType} maxLength={200} />
                      </span>
                    )}
                  </span>
                  <span className="whitespace-nowrap tabular-nums">{formatBytes(layer.sizeBytes)}</span>
                  <DigestText digest={layer.digest} of={`file ${at + 1}`} algorithm copy="always" />
                </li>
              ))}
            </ol>
          </SubSection>
        )}
        {lines.length > 0 && (
          <SubSection title="Get it">
            <div className="grid gap-1.5">
              {lines.map((line) => (
                <CodeLine key={line} line={line} what={line.split(' ', 2).join(' ')} />
              ))}
            </div>
          </SubSection>
        )}
      </div>
    </Section>
  )
}
