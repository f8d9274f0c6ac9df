import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import type { DiffResponse } from '#lib/api/diff.ts'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { BinariesPanel } from './binaries-panel.tsx'
import { DiffPart, NoDifference, PartPending } from './diff-part.tsx'
import type { FileFilter } from './file-words.ts'
import { FilesPanel } from './files-panel.tsx'
import { PairTable } from './pair-table.tsx'
import type { SideNames } from './side-names.ts'

interface ContentPartsProps {
  readonly sides: DiffSides
  /** Of the comparison with layers; none while they are read. */
  readonly pages: readonly DiffResponse[]
  readonly names: SideNames
  readonly isPending: boolean
  readonly filter: FileFilter
  readonly onFilter: (filter: FileFilter) => void
  readonly onMore: (() => void) | undefined
  readonly isFetching: boolean
}

/** What is in the layers: packages, programs, files. */
export function ContentParts(props: ContentPartsProps) {
  const { sides, pages, names, isPending, ...filesProps } = props
  const [first] = pages
  if (first === undefined) return isPending ? <Pending /> : null
  const { packages = [], packagesSame = 0, binaries, filesSame = 0, filesTotal = 0, complete } = first
  const files = pages.flatMap((page) => page.files ?? [])
  const foreign = new Set(
    [binaries?.from, binaries?.to].flatMap(
      (side) => side?.foreign.flatMap(({ path, exempt }) => (exempt === undefined ? [path] : [])) ?? [],
    ),
  )
  return (
    <>
      <DiffPart id="packages" title="Packages" note={`${plural(packagesSame, 'package')} the same`}>
        {packages.length === 0 ? (
          <NoDifference>
            {packagesSame === 0
              ? `No package of a manager that Archway knows was found${complete ? '' : ' in the layers that could be read'}.`
              : `All ${formatCount(packagesSame)} are of the same version.`}
          </NoDifference>
        ) : (
          <PairTable
            part="packages"
            caption="Differences of the packages"
            what="Package"
            {...names}
            rows={packages.map(({ type, name, fromName, from, to, folded }) => ({
              id: [type, name],
              name: (
                <span className="min-w-0">
                  <span className="mono break-words">
                    <ForeignText text={name} maxLength={300} />
                  </span>{' '}
                  <span className="text-muted text-note">{type}</span>
                  {fromName !== undefined && (
                    <span className="block break-words text-muted text-note">
                      <ForeignText text={fromName} maxLength={300} /> on the other side
                    </span>
                  )}
                </span>
              ),
              from,
              to,
              folded,
            }))}
          />
        )}
      </DiffPart>
      {binaries && (
        <DiffPart id="binaries" title="Programs and libraries">
          <BinariesPanel binaries={binaries} isComplete={complete} {...names} />
        </DiffPart>
      )}
      <DiffPart
        id="files"
        title="Files"
        note={`${plural(filesSame, 'path')} the same, ${plural(filesTotal, 'difference')}`}
      >
        <FilesPanel
          sides={sides}
          names={names}
          files={files}
          total={filesTotal}
          sameCount={filesSame}
          isComplete={complete}
          foreign={foreign}
          {...filesProps}
        />
      </DiffPart>
    </>
  )
}

const PENDING = [
  ['packages', 'Packages'],
  ['binaries', 'Programs and libraries'],
  ['files', 'Files'],
] as const

function Pending() {
  return PENDING.map(([id, title]) => (
    <DiffPart key={id} id={id} title={title}>
      <PartPending />
    </DiffPart>
  ))
}
