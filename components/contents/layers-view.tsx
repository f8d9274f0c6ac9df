'use client'

import Link from 'next/link'
import { CodeBlock } from '#components/engine/code-block.tsx'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { mediaTypeName } from '#components/image/media-type-name.ts'
import { SizeChart } from '#components/image/size-chart.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { LongTable } from '#components/ui/long-table.tsx'
import { plural } from '#components/ui/plural.ts'
import { Section } from '#components/ui/section.tsx'
import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { contentsPath } from '#lib/client/page-paths.ts'
import { queryString } from '#lib/client/query-string.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import type { ContentsPlatform, PartProps } from './contents-platform.ts'
import { dockerfileOf } from './dockerfile.ts'
import { LayerMark, layerCommand } from './layer-mark.tsx'

interface LayersViewProps extends PartProps {
  readonly platforms: readonly ContentsPlatform[]
}

/** The layers of one platform, how large each is and what made it; costs no layer to be read. */
export function LayersView({ reference, platform, platforms }: LayersViewProps) {
  const { layers } = platform
  const largest = Math.max(1, ...layers.map(({ sizeBytes }) => sizeBytes))
  let sumBytes = 0
  const rows = layers.map((layer, at) => {
    sumBytes += layer.sizeBytes
    const sharedBy = platforms
      .filter((each) => each !== platform && each.layers.some(({ digest }) => digest === layer.digest))
      .map((each) => each.platform)
    return { layer, at, sumBytes, sharedBy }
  })
  return (
    <>
      <Section title="Compressed size by platform and layer" className="mt-5">
        <SizeChart
          bars={platforms.map((each) => ({
            key: each.platform,
            name: each.platform,
            href: contentsPath(reference, each.platform, 'layers'),
            isChosen: each.platform === platform.platform,
            layers: each.layers.map(({ sizeBytes }, at) => ({
              sizeBytes,
              colour: at,
              title: `Layer ${at + 1}, ${formatBytes(sizeBytes)}: ${layerCommand(each.layers, at)}`,
            })),
          }))}
        />
      </Section>
      <Section
        title={`Layers of ${platform.platform}`}
        aside={
          <span className="text-muted text-note">
            {plural(layers.length, 'layer')} · {formatBytes(sumBytes)} compressed
          </span>
        }
      >
        {rows.length === 0 ? (
          <p className="card px-3.5 py-3 text-muted">This image has no layers.</p>
        ) : (
          <LongTable
            caption="Layers, the lowest first"
            rows={rows}
            keyOf={({ at }) => String(at)}
            columns={[
              {
                title: 'Layer',
                className: 'w-20',
                cell: ({ at }) => (
                  <Link
                    href={`${contentsPath(reference, platform.platform, 'files')}&layer=${at + 1}`}
                    prefetch={false}
                    aria-label={`Files of layer ${at + 1}`}
                    className="hover:text-accent hover:underline"
                  >
                    <LayerMark layer={at} layers={layers} />
                  </Link>
                ),
              },
              {
                title: 'Made by',
                cell: ({ at, layer }) => (
                  <>
                    <span className="mono line-clamp-3 break-words">
                      <ForeignText text={layerCommand(layers, at)} maxLength={400} />
                    </span>
                    <span className="block text-muted text-note">
                      <ForeignText text={mediaTypeName(layer.mediaType)} maxLength={120} />
                    </span>
                  </>
                ),
              },
              {
                title: 'Size',
                className: 'w-[20%]',
                cell: ({ layer, sumBytes: below }) => (
                  <>
                    <span className="flex justify-between gap-2 tabular-nums">
                      {formatBytes(layer.sizeBytes)}
                      <span className="text-muted text-note">{formatBytes(below)} so far</span>
                    </span>
                    <span
                      aria-hidden="true"
                      className="mt-1.5 block h-1.5 overflow-hidden rounded-full bg-sunken"
                    >
                      <span
                        className="block h-full rounded-full bg-accent"
                        style={{ width: `${Math.max(1, (layer.sizeBytes / largest) * 100)}%` }}
                      />
                    </span>
                  </>
                ),
              },
              {
                title: 'Digest',
                className: 'w-[20%]',
                cell: ({ at, layer }) => (
                  <>
                    <span className="flex items-center gap-1">
                      <span className="mono" title={layer.digest}>
                        {shortDigest(layer.digest)}
                      </span>
                      <CopyButton text={layer.digest} label={`Copy digest of layer ${at + 1}`} />
                    </span>
                    {layer.diffId !== undefined && (
                      <span className="flex items-center gap-1 whitespace-nowrap text-muted text-note">
                        <span title={layer.diffId}>
                          unpacked{' '}
                          <ForeignText
                            text={shortDigest(layer.diffId)}
                            maxLength={80}
                            className="font-mono text-[0.71875rem]"
                          />
                        </span>
                        <CopyButton text={layer.diffId} label={`Copy diffID of layer ${at + 1}`} />
                      </span>
                    )}
                  </>
                ),
              },
              {
                title: 'Shared with',
                className: 'w-[16%]',
                cell: ({ sharedBy }) =>
                  sharedBy.length === 0 ? (
                    <span className="text-muted">no other platform</span>
                  ) : (
                    <span className="mono">{sharedBy.join(', ')}</span>
                  ),
              },
            ]}
          />
        )}
      </Section>
      <Section title="Dockerfile, as far as history tells">
        <CodeBlock text={dockerfileOf(platform.history, platform.base)} what="the Dockerfile" />
      </Section>
      <Twin
        cli={`archway inspect ${shellQuote(reference)}`}
        api={`/api/v1/images${queryString({ ref: reference })}`}
      />
    </>
  )
}
