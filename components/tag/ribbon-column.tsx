'use client'

import Link from 'next/link'
import { type CSSProperties, memo } from 'react'
import { cn } from '#components/ui/cn.ts'
import type { CoverageCell } from './coverage-model.ts'

const CELLS: Readonly<Record<CoverageCell, string>> = {
  present: 'bg-pass opacity-(--age)',
  hole: 'hole bg-fail-soft',
  absent: 'border border-line-strong border-dashed',
  pending: 'skeleton',
  failed: 'border border-skip bg-skip-soft',
}

interface RibbonColumnProps {
  readonly href: string
  readonly label: string
  /** The cells, joined by spaces: equal columns are not drawn again. */
  readonly cells: string
  /** Opacity of what is present: older releases are paler. */
  readonly age: number
  readonly position: number
  readonly isTabStop: boolean
  readonly onFocus: (position: number) => void
  readonly onPoint: (label: string | undefined) => void
}

/** One release of the coverage ribbon: one link over all its platforms. */
export const RibbonColumn = memo(function RibbonColumn(props: RibbonColumnProps) {
  const { href, label, cells, age, position, isTabStop, onFocus, onPoint } = props
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={label}
      title={label}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => {
        onPoint(label)
        onFocus(position)
      }}
      onPointerEnter={() => onPoint(label)}
      className="-outline-offset-1 flex min-w-[9px] flex-1 flex-col gap-[7px] rounded-[3px] px-px py-1 hover:bg-sunken max-sm:min-w-3"
      style={{ '--age': age } as CSSProperties}
    >
      {cells.split(' ').map((cell, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column's cells never move
        <span key={row} className={cn('h-[14px] rounded-[3px]', CELLS[cell as CoverageCell])} />
      ))}
    </Link>
  )
})
