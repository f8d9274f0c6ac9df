import type { ReactNode } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { formatCount } from '#components/ui/plural.ts'
import type { FileSideDto } from '#lib/api/diff.ts'
import type { SideNames } from './side-names.ts'

/** A fact of a path; what is absent on both sides is not told. */
interface Fact {
  readonly name: string
  /** For comparing and as the key. */
  read(side: FileSideDto): string | undefined
  show?(side: FileSideDto): ReactNode
}

const mono = (text: string) => (
  <span className="mono break-all">
    <ForeignText text={text} maxLength={1_000} />
  </span>
)
const isFile = ({ type }: FileSideDto) => type === 'file'

/** Told where each architecture has its own; else the row above says it. */
const PATH = 'Path'

const FACTS: readonly Fact[] = [
  { name: PATH, read: ({ path }) => `/${path}` },
  { name: 'Kind', read: ({ type }) => type.replace('-', ' '), show: ({ type }) => type.replace('-', ' ') },
  {
    name: 'Size',
    read: (side) => (isFile(side) ? String(side.sizeBytes) : undefined),
    show: ({ sizeBytes }) => (
      <>
        {formatBytes(sizeBytes)}
        {sizeBytes >= 1_000 && <span className="text-muted"> ({formatCount(sizeBytes)} bytes)</span>}
      </>
    ),
  },
  { name: 'Mode', read: ({ mode }) => mode },
  { name: 'Owner', read: ({ uid, gid }) => `${uid}:${gid}` },
  { name: 'Links to', read: ({ linkTarget }) => linkTarget },
  { name: 'Same as', read: ({ hardLinkTo }) => hardLinkTo && `/${hardLinkTo}` },
  { name: 'Program', read: ({ program }) => program, show: ({ program }) => program },
  { name: 'SHA-256', read: ({ sha256 }) => sha256 },
  { name: 'Layer', read: ({ layer }) => String(layer + 1), show: ({ layer }) => layer + 1 },
]
/** Positions of layers differ wherever images are built in other steps. */
const NEVER_MARKED = 'Layer'

interface SideFactsProps {
  readonly from: FileSideDto | undefined
  readonly to: FileSideDto | undefined
  readonly names: SideNames
}

/** What is known of one path on both sides, side by side; what is the same is told once, what differs is set off. */
export function SideFacts({ from, to, names }: SideFactsProps) {
  const sides = [
    { side: from, name: names.from },
    { side: to, name: names.to },
  ]
  const isPair = from !== undefined && to !== undefined
  const told = FACTS.filter(
    ({ name, read }) =>
      sides.some(({ side }) => side && read(side) !== undefined) &&
      (name !== PATH || (isPair && from.path !== to.path)),
  )
  return (
    <table className="w-full table-fixed border-collapse text-left max-sm:block">
      <caption className="sr-only">The path on both sides</caption>
      <thead className="max-sm:sr-only">
        <tr>
          <td className="w-[76px]" />
          {sides.map(({ name, side }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: there are two sides, which may have one name
            <th key={at} scope="col" className="truncate py-1 pr-3 font-normal text-label text-muted">
              {name}
              {side === undefined && ': not there'}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {told.map(({ name, read, show }) => {
          const isSame = isPair && read(from) === read(to)
          const isMarked = isPair && !isSame && name !== NEVER_MARKED
          return (
            <tr key={name} className="align-top max-sm:block max-sm:py-0.5">
              <th
                scope="row"
                className={cn('py-px font-normal text-muted', isSame ? 'max-sm:pr-2' : 'max-sm:block')}
              >
                {name}
              </th>
              {isSame ? (
                <td colSpan={2} className="py-px pr-3">
                  {show?.(to) ?? mono(read(to) ?? '')}
                </td>
              ) : (
                sides.map(({ side, name: sideName }, at) => {
                  const value = side && read(side)
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: there are two sides, which may have one name
                    <td key={at} className={cn('py-px pr-3 max-sm:block', isMarked && 'font-[560]')}>
                      <span className="font-normal text-muted text-note sm:hidden">{sideName}: </span>
                      {side === undefined || value === undefined ? (
                        <span className="text-muted">—</span>
                      ) : (
                        (show?.(side) ?? mono(value))
                      )}
                    </td>
                  )
                })
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
