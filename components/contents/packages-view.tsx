'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { CountChips } from '#components/ui/count-chips.tsx'
import { LongTable } from '#components/ui/long-table.tsx'
import { shownOf } from '#components/ui/plural.ts'
import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { PackagesResponse } from '#lib/api/packages.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { contentsCallPath, packagesOptions } from '#lib/client/contents-queries.ts'
import type { PartProps } from './contents-platform.ts'
import { LayerMark } from './layer-mark.tsx'
import { ReadingPart } from './reading-part.tsx'
import { layerOf, SearchLine } from './search-line.tsx'

/** What is installed on one platform, by the databases that say so. */
export function PackagesView({ reference, platform }: PartProps) {
  const of = { ref: reference, platform: platform.platform }
  const [progress, setProgress] = useState<ReadingProgress>()
  const query = useQuery(packagesOptions(of, setProgress))
  return (
    <>
      <ReadingPart query={query} layers={platform.layers} progress={progress}>
        {(data) => <Packages data={data} platform={platform} />}
      </ReadingPart>
      <Twin
        cli={`archway packages ${shellQuote(reference)} --platform ${platform.platform}`}
        api={contentsCallPath('packages', of)}
      />
    </>
  )
}

interface PackagesProps {
  readonly data: PackagesResponse
  readonly platform: PartProps['platform']
}

function Packages({ data, platform: { layers } }: PackagesProps) {
  const [address, change] = useAddress()
  const q = address.get('q') ?? ''
  const type = address.get('type') || undefined
  const layer = layerOf(address)
  const wanted = q.toLowerCase()
  const rows = data.packages.filter(
    (each) =>
      (type === undefined || each.type === type) &&
      (layer === undefined || each.layer === layer) &&
      `${each.name} ${each.version} ${each.source ?? ''}`.toLowerCase().includes(wanted),
  )
  return (
    <>
      {data.databases.map(
        ({ path, type: kind, problem }) =>
          problem && (
            <p
              key={`${kind} ${path}`}
              role="alert"
              className="card mt-4 border-l-[3px] border-l-warn px-3.5 py-2.5"
            >
              The {kind} database{' '}
              <span className="mono break-all">
                <ForeignText text={path} maxLength={400} />
              </span>{' '}
              could not be read, so its packages are missing here: {problem.message}
            </p>
          ),
      )}
      {data.packages.length === 0 ? (
        <p className="card mt-5 px-3.5 py-3 text-muted">
          {data.complete
            ? 'No package database and no Go program was found. Images made from scratch have none; what they hold is under Files and Binaries.'
            : 'No package was found in the layers that could be read.'}
        </p>
      ) : (
        <>
          <SearchLine
            label="Search packages by name or version"
            q={q}
            onSearch={(next) => change({ q: next })}
            layers={layers}
            layer={layer}
            onLayer={(next) => change({ layer: next })}
            status={shownOf(rows.length, data.packages.length, 'package')}
          >
            <CountChips
              kinds={data.packages.map((each) => each.type)}
              chosen={type}
              onChoose={(next) => change({ type: next })}
            />
          </SearchLine>
          {rows.length === 0 ? (
            <p className="card px-3.5 py-3 text-muted">No package here fits the filter.</p>
          ) : (
            <LongTable
              caption="Packages"
              rows={rows}
              keyOf={(row) => `${row.type} ${row.name} ${row.version} ${row.architecture} ${row.path}`}
              columns={[
                {
                  title: 'Name',
                  cell: ({ name, source }) => (
                    <>
                      <span className="mono">
                        <ForeignText text={name} maxLength={300} />
                      </span>
                      {source !== undefined && (
                        <span className="block text-muted text-note">
                          from <ForeignText text={source} maxLength={200} />
                        </span>
                      )}
                    </>
                  ),
                },
                {
                  title: 'Version',
                  cell: ({ version }) => (
                    <span className="mono">
                      <ForeignText text={version} maxLength={200} />
                    </span>
                  ),
                },
                {
                  title: 'Architecture',
                  className: 'w-[16%]',
                  cell: ({ architecture }) =>
                    architecture === undefined ? (
                      <span className="text-muted">not said</span>
                    ) : (
                      <ForeignText text={architecture} maxLength={80} />
                    ),
                },
                { title: 'Type', className: 'w-24', cell: (row) => row.type },
                {
                  title: 'Layer',
                  className: 'w-20',
                  cell: (row) => <LayerMark layer={row.layer} layers={layers} />,
                },
              ]}
            />
          )}
        </>
      )}
    </>
  )
}
