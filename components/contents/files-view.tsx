'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatCount, plural } from '#components/ui/plural.ts'
import { SelectChip } from '#components/ui/select-chip.tsx'
import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { FilesResponse } from '#lib/api/files.ts'
import { type ContentsOf, contentsCallPath, filesOptions } from '#lib/client/contents-queries.ts'
import type { PartProps } from './contents-platform.ts'
import { FileFacts } from './file-facts.tsx'
import { FileTree } from './file-tree.tsx'
import { buildFileTree, FILE_TYPES, type FileFilter, isNarrowed, matchesFile } from './file-tree-model.ts'
import { ReadingPart } from './reading-part.tsx'
import { layerOf, SearchLine } from './search-line.tsx'

const TYPE_WORDS = {
  files: 'regular files',
  links: 'links',
  executable: 'executable',
  setuid: 'setuid, setgid',
} as const

/** The merged file system of one platform, as a tree. */
export function FilesView({ reference, platform }: PartProps) {
  const of = { ref: reference, platform: platform.platform }
  const query = useQuery(filesOptions(of))
  return (
    <>
      <ReadingPart query={query} layers={platform.layers}>
        {(data) => <Files of={of} data={data} platform={platform} />}
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
  readonly platform: PartProps['platform']
}

function Files({ of, data, platform: { layers } }: FilesProps) {
  const [address, change] = useAddress()
  const q = address.get('q') ?? ''
  const type = FILE_TYPES.find((each) => each === address.get('type'))
  const layer = layerOf(address)
  const path = address.get('path')?.replace(/^\//, '') || undefined
  const filter = useMemo((): FileFilter => ({ q, type, layer }), [q, type, layer])
  const roots = useMemo(() => buildFileTree(data.entries), [data.entries])
  const found = useMemo(
    () => data.entries.reduce((count, entry) => count + (matchesFile(entry, filter) ? 1 : 0), 0),
    [data.entries, filter],
  )
  const selected = data.entries.find((entry) => entry.path === path)
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
          isNarrowed(filter)
            ? `${formatCount(found)} of ${formatCount(data.total)} paths`
            : plural(data.total, 'path')
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
      {found === 0 ? (
        <p className="card px-3.5 py-3 text-muted">
          {data.total > 0
            ? 'No path here fits the filter.'
            : data.complete
              ? 'This image holds no files.'
              : 'No file is in the layers that could be read.'}
        </p>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
          <FileTree
            entries={data.entries}
            roots={roots}
            filter={filter}
            layers={layers}
            selected={path}
            onSelect={(next) => change({ path: next })}
          />
          <FileFacts of={of} entry={selected} path={path} layers={layers} complete={data.complete} />
        </div>
      )}
    </>
  )
}
