import Link from 'next/link'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { contentsPath } from '#lib/client/page-paths.ts'
import type { ContentsPlatform } from './contents-platform.ts'
import { layerColour, layerCommand } from './layer-mark.tsx'

interface SizeChartProps {
  readonly reference: string
  readonly platforms: readonly ContentsPlatform[]
  readonly chosen: string
}

/** All platforms of an index as bars on one scale, each divided into its layers. */
export function SizeChart({ reference, platforms, chosen }: SizeChartProps) {
  const bars = platforms.map((each) => ({
    ...each,
    sumBytes: each.layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }))
  const largest = Math.max(1, ...bars.map(({ sumBytes }) => sumBytes))
  return (
    <ul className="card divide-y divide-line overflow-hidden">
      {bars.map(({ platform, layers, sumBytes }) => (
        <li key={platform}>
          <Link
            href={contentsPath(reference, platform, 'layers')}
            prefetch={false}
            aria-current={platform === chosen ? 'true' : undefined}
            className={cn(
              'grid grid-cols-[150px_minmax(0,1fr)_84px] items-center gap-x-3 px-3.5 py-2.5 -outline-offset-2 max-sm:grid-cols-[minmax(0,1fr)_84px]',
              platform === chosen ? 'bg-accent-soft' : 'hover:bg-sunken/60',
            )}
          >
            <PlatformName platform={platform} />
            <span className="h-4 max-sm:order-last max-sm:col-span-2 max-sm:mt-1.5" aria-hidden="true">
              <span
                className="flex h-full gap-px overflow-hidden rounded-mark"
                style={{ width: `${Math.max(1, (sumBytes / largest) * 100)}%` }}
              >
                {layers.map(({ digest, sizeBytes }, at) => (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: an image may hold a layer twice
                    key={`${at} ${digest}`}
                    title={`Layer ${at + 1}, ${formatBytes(sizeBytes)}: ${layerCommand(layers, at)}`}
                    className="min-w-px"
                    style={{ flexGrow: sizeBytes, flexBasis: 0, background: layerColour(at) }}
                  />
                ))}
              </span>
            </span>
            <span className="text-right tabular-nums">{formatBytes(sumBytes)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
