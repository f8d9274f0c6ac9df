'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { SelectChip } from '#components/ui/select-chip.tsx'
import { shellQuote } from '#components/ui/shell-quote.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { FilesResponse } from '#lib/api/files.ts'
import { FILE_TYPES, type FileFilter, isNarrowed, matchesFile } from '#lib/api/match-file.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import {
  type ContentsOf,
  contentsCallPath,
  filesOptions,
  outlineOptions,
} from '#lib/client/contents-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import type { PartProps } from './contents-platform.ts'
import { FileFacts } from './file-facts.tsx'
import { FileTree } from './file-tree.tsx'
import { buildFileTree } from './file-tree-model.ts'
import { ReadingPart } from './reading-part.tsx'
import { layerOf, SearchLine } from './search-line.tsx'

const TYPE_WORDS = {
  files: 'regular files',
  links: 'links',
  executable: 'executable',
  setuid: 'setuid, setgid',
} as const

interface FilesViewProps extends PartProps {
  /** The top of the tree as the server had it at hand, of one platform. */
  readonly outline: FilesResponse | undefined
}

/**
 * The merged file system of one platform, as a tree: its top first, which is there at once, then all of it, so that
 * folding and searching ask nobody.
 */
export function FilesView({ reference, platform, outline: given }: FilesViewProps) {
  const of = { ref: reference, platform: platform.platform }
  const [address] = useAddress()
  const [around] = useState(() => pathOf(address))
  const [progress, setProgress] = useState<ReadingProgress>()
  const top = useQuery({
    ...outlineOptions(of, around, setProgress),
    ...(given?.platform === of.platform ? { initialData: given } : {}),
  })
  const all = useQuery({ ...filesOptions(of, top.data), enabled: top.data !== undefined })
  return (
    <>
      <ReadingPart query={top} layers={platform.layers} progress={progress}>
        {(data) => (
          <>
            {all.error && (
              <ProblemPanel
                problem={problemOf(all.error)}
                className="mt-4"
                retry={
                  <Button disabled={all.isFetching} onClick={() => void all.refetch()}>
                    Try again
                  </Button>
                }
              />
            )}
            <Files of={of} data={all.data ?? data} isPartial={!all.data} platform={platform} />
          </>
        )}
      </ReadingPart>
      <Twin
        cli={`archway files ${shellQuote(reference)} --platform ${platform.platform}`}
        api={contentsCallPath('files', of)}
      />
    </>
  )
}

interface FilesProps {
  readonly of: ContentsOf
  readonly data: FilesResponse
  /** Only the top of the tree is there yet. */
  readonly isPartial: boolean
  readonly platform: PartProps['platform']
}

function Files({ of, data, isPartial, platform: { layers } }: FilesProps) {
  const [address, change] = useAddress()
  const q = address.get('q') ?? ''
  const type = FILE_TYPES.find((each) => each === address.get('type'))
  const layer = layerOf(address)
  const path = pathOf(address)
  const filter = useMemo((): FileFilter => ({ q, type, layer }), [q, type, layer])
  const roots = useMemo(() => buildFileTree(data.entries), [data.entries])
  const found = useMemo(
    () => data.entries.reduce((count, entry) => count + (matchesFile(entry, filter) ? 1 : 0), 0),
    [data.entries, filter],
  )
  const selected = data.entries.find((entry) => entry.path === path)
  const isLooking = isPartial && isNarrowed(filter)
  return (
    <>
      <SearchLine
        label="Search files by path"
        q={q}
        onSearch={(next) => change({ q: next })}
        layers={layers}
        layer={layer}
        onLayer={(next) => change({ layer: next })}
        status={
          isLooking
            ? `looking through ${plural(data.paths, 'path')}…`
            : isNarrowed(filter)
              ? `${formatCount(found)} of ${formatCount(data.paths)} paths`
              : plural(data.paths, 'path')
        }
      >
        <SelectChip
          label="Kind of file"
          on={type !== undefined}
          value={type ?? ''}
          onChange={(event) => change({ type: event.target.value })}
        >
          <option value="">all kinds</option>
          {FILE_TYPES.map((each) => (
            <option key={each} value={each}>
              {TYPE_WORDS[each]}
            </option>
          ))}
        </SelectChip>
      </SearchLine>
      {isLooking ? (
        <Skeleton className="h-60 w-full" />
      ) : found === 0 ? (
        <p className="card px-3.5 py-3 text-muted">
          {data.paths > 0
            ? 'No path here fits the filter.'
            : data.complete
              ? 'This image holds no files.'
              : 'No file is in the layers that could be read.'}
        </p>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
          <FileTree
            paths={data.paths}
            entries={data.entries}
            roots={roots}
            filter={filter}
            layers={layers}
            selected={path}
            onSelect={(next) => change({ path: next })}
          />
          <FileFacts
            of={of}
            entry={selected}
            path={path}
            layers={layers}
            complete={data.complete}
            isPartial={isPartial}
          />
        </div>
      )}
    </>
  )
}

/** The path that an address names. */
function pathOf(address: URLSearchParams): string | undefined {
  return address.get('path')?.replace(/^\//, '') || undefined
}
