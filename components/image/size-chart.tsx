import Link from 'next/link'
import { layerColour } from '#components/contents/layer-mark.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'

/** An image as a bar. */
export interface SizeBar {
  readonly key: string
  /** A platform, or another name where platforms do not tell the bars apart. */
  readonly name: string
  /** The page that it leads to. */
  readonly href: string
  readonly isChosen?: boolean
  /** The lowest first. */
  readonly layers: readonly SizeLayer[]
}

interface SizeLayer {
  readonly sizeBytes: number
  /** Layers of one number have one colour. */
  readonly colour: number
  /** Said on hover. */
  readonly title: string
}

/** Images as bars on one scale, each divided into its layers. */
export function SizeChart({ bars }: { bars: readonly SizeBar[] }) {
  const sums = bars.map(({ layers }) => layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
  const largest = Math.max(1, ...sums)
  return (
    <ul className="card divide-y divide-line overflow-hidden">
      {bars.map(({ key, name, href, isChosen = false, layers }, bar) => (
        <li key={key}>
          <Link
            href={href}
            prefetch={false}
            aria-current={isChosen ? 'true' : undefined}
            className={cn(
              'grid grid-cols-[150px_minmax(0,1fr)_84px] items-center gap-x-3 px-3.5 py-2.5 -outline-offset-2 max-sm:grid-cols-[minmax(0,1fr)_84px]',
              isChosen ? 'bg-accent-soft' : 'hover:bg-sunken/60',
            )}
          >
            <span className="mono truncate" title={name}>
              {name}
            </span>
            <span className="h-4 max-sm:order-last max-sm:col-span-2 max-sm:mt-1.5" aria-hidden="true">
              <span
                className="flex h-full gap-px overflow-hidden rounded-mark"
                style={{ width: `${Math.max(1, ((sums[bar] ?? 0) / largest) * 100)}%` }}
              >
                {layers.map(({ sizeBytes, colour, title }, at) => (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: an image may hold a layer twice
                    key={at}
                    title={title}
                    className="min-w-px"
                    style={{ flexGrow: sizeBytes, flexBasis: 0, background: layerColour(colour) }}
                  />
                ))}
              </span>
            </span>
            <span className="text-right tabular-nums">{formatBytes(sums[bar] ?? 0)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
