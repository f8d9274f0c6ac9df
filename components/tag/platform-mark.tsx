import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import type { PlatformCell } from './tag-rows-model.ts'

const BOX =
  'inline-grid h-5 w-5 place-items-center rounded-mark text-[0.6875rem] tabular-nums leading-none sm:w-[54px]'

/**
 * One platform of one tag: its size on a quiet ground, a dot while the size is unknown, a dashed hole where one of the
 * primary platforms is missing, a dash for the others. Green is left to what was run.
 */
export function PlatformMark({ cell, platform }: { cell: PlatformCell; platform: string }) {
  switch (cell.kind) {
    case 'present': {
      const size = cell.sizeBytes === undefined ? undefined : formatBytes(cell.sizeBytes)
      return (
        <span className={cn(BOX, 'bg-skip-soft text-muted')} title={size ? `${platform}, ${size}` : platform}>
          <span aria-hidden="true" className={cn('size-1 rounded-full bg-current', size && 'sm:hidden')} />
          {size && <span className="max-sm:sr-only">{size}</span>}
          <span className="sr-only">present</span>
        </span>
      )
    }
    case 'hole':
      return cell.primary ? (
        <span className={cn(BOX, 'hole')} title={`${platform} is missing`}>
          <span className="sr-only">missing</span>
        </span>
      ) : (
        <Dash says="missing" />
      )
    case 'pending':
      return (
        <span className={cn(BOX, 'skeleton')}>
          <span className="sr-only">not resolved yet</span>
        </span>
      )
    case 'failed':
    case 'none':
      return <Dash says="not applicable" />
  }
}

function Dash({ says }: { says: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{says}</span>
    </span>
  )
}
