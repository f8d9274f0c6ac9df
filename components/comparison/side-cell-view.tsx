import Link from 'next/link'
import { TruthCell } from '#components/report/truth-cell.tsx'
import type { SideCell } from './change-line.ts'

/** What one report says, leading to where it says so. */
export function SideCellView({ cell, label }: { cell: SideCell; label: string }) {
  if (cell.href === undefined) return <TruthCell truth={cell} />
  return (
    <Link
      href={cell.href}
      prefetch={false}
      className="-mx-1.5 -my-0.5 block rounded-mark px-1.5 py-0.5 hover:bg-sunken"
    >
      <span className="sr-only">{label}: </span>
      <TruthCell truth={cell} />
    </Link>
  )
}
