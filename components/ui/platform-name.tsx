import { cn } from './cn.ts'

interface PlatformNameProps {
  /** Canonical text: `linux/ppc64le`. */
  readonly platform: string
  /** Leaves `linux/` to the title and to screen readers. */
  readonly short?: boolean
  readonly className?: string
}

/** The name of a platform in monospace. */
export function PlatformName({ platform, short = false, className }: PlatformNameProps) {
  const isFolded = short && platform.startsWith('linux/')
  return (
    <span className={cn('mono whitespace-nowrap', className)} title={isFolded ? platform : undefined}>
      {isFolded ? (
        <>
          <span className="sr-only">linux/</span>
          {platform.slice('linux/'.length)}
        </>
      ) : (
        platform
      )}
    </span>
  )
}
