'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { CountChips } from '#components/ui/count-chips.tsx'
import { LongTable } from '#components/ui/long-table.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { shownOf } from '#components/ui/plural.ts'
import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { BinariesResponse, BinaryDto } from '#lib/api/binaries.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { binariesOptions, contentsCallPath } from '#lib/client/contents-queries.ts'
import { contentsPath } from '#lib/client/page-paths.ts'
import { sortBinaries } from './binary-order.ts'
import type { PartProps } from './contents-platform.ts'
import { LayerMark } from './layer-mark.tsx'
import { MachineChart } from './machine-chart.tsx'
import { ReadingPart } from './reading-part.tsx'
import { layerOf, SearchLine } from './search-line.tsx'

const KIND_WORDS: Readonly<Record<BinaryDto['kind'], string>> = {
  elf: 'ELF',
  'broken-elf': 'broken ELF',
  script: 'script',
  'broken-script': 'broken script',
  pe: 'Windows program',
  'mach-o': 'macOS program',
  'java-class': 'Java class',
  wasm: 'WebAssembly',
}

/** Programs and libraries of one platform: what each is for, those of another architecture first. */
export function BinariesView(props: PartProps) {
  const { reference, platform } = props
  const of = { ref: reference, platform: platform.platform }
  const [progress, setProgress] = useState<ReadingProgress>()
  const query = useQuery(binariesOptions(of, setProgress))
  return (
    <>
      <ReadingPart query={query} layers={platform.layers} progress={progress}>
        {(data) => <Binaries data={data} {...props} />}
      </ReadingPart>
      <Twin
        cli={`archway binaries ${shellQuote(reference)} --platform ${platform.platform}`}
        api={contentsCallPath('binaries', of)}
      />
    </>
  )
}

function Binaries({ data, reference, platform }: PartProps & { readonly data: BinariesResponse }) {
  const { layers } = platform
  const [address, change] = useAddress()
  const q = address.get('q') ?? ''
  const type = address.get('type') || undefined
  const layer = layerOf(address)
  const wanted = q.toLowerCase()
  const rows = sortBinaries(data.binaries).filter(
    (each) =>
      (type === undefined || each.kind === type || each.machine === type) &&
      (layer === undefined || each.layer === layer) &&
      `${each.path} ${each.soname ?? ''} ${each.buildId ?? ''} ${each.needed?.join(' ') ?? ''}`
        .toLowerCase()
        .includes(wanted),
  )
  if (data.binaries.length === 0) {
    return (
      <p className="card mt-5 px-3.5 py-3 text-muted">
        {data.complete
          ? 'Nothing in this image is a program, a library or a script.'
          : 'No program was found in the layers that could be read.'}
      </p>
    )
  }
  return (
    <>
      <MachineChart
        machines={data.machines}
        platform={data.platform}
        chosen={type}
        onChoose={(machine) => change({ type: machine ?? '' })}
      />
      <SearchLine
        label="Search binaries by path, library or build id"
        q={q}
        onSearch={(next) => change({ q: next })}
        layers={layers}
        layer={layer}
        onLayer={(next) => change({ layer: next })}
        status={shownOf(rows.length, data.binaries.length, 'binary', 'binaries')}
      >
        <CountChips
          kinds={data.binaries.map(({ kind }) => kind)}
          words={KIND_WORDS}
          chosen={type}
          onChoose={(next) => change({ type: next })}
        />
      </SearchLine>
      {rows.length === 0 ? (
        <p className="card px-3.5 py-3 text-muted">No binary here fits the filter.</p>
      ) : (
        <LongTable
          caption="Binaries"
          rows={rows}
          keyOf={(row) => row.path}
          columns={[
            {
              title: 'Path',
              cell: ({ path }) => (
                <Link
                  href={contentsPath(reference, platform.platform, 'files', path)}
                  prefetch={false}
                  className="mono break-all hover:text-accent hover:underline"
                >
                  <ForeignText text={path} maxLength={400} />
                </Link>
              ),
            },
            { title: 'Is', className: 'w-[24%]', cell: (row) => <What binary={row} /> },
            { title: 'Needs and tells', className: 'w-[30%]', cell: (row) => <Details binary={row} /> },
            {
              title: 'Size',
              className: 'w-24',
              isNumber: true,
              cell: (row) => formatBytes(row.sizeBytes),
            },
            {
              title: 'Layer',
              className: 'w-20',
              cell: (row) => <LayerMark layer={row.layer} layers={layers} />,
            },
          ]}
        />
      )}
    </>
  )
}

function What({ binary }: { binary: BinaryDto }) {
  const { kind, machine, agrees, type, reason } = binary
  return (
    <>
      {agrees === 'differs' && (
        <span className="block">
          <Mark tone="fail">other architecture</Mark>
        </span>
      )}
      <span>{machine ?? KIND_WORDS[kind]}</span>
      {type !== undefined && <span className="text-muted"> · {type}</span>}
      {reason !== undefined && (
        <span className="block text-note text-warn">
          <ForeignText text={reason} maxLength={300} />
        </span>
      )}
    </>
  )
}

function Details({ binary }: { binary: BinaryDto }) {
  const { interpreter, interpreterPath, needed, buildId, go, isaLevel, maxAlignBytes, hardLinkTo, partial } =
    binary
  return (
    <span className="grid gap-0.5 text-note">
      {interpreter !== undefined && (
        <Line name={binary.kind === 'script' ? 'started by' : 'loader'}>
          {interpreter}
          {interpreterPath === undefined && <Mark tone="fail">not in the image</Mark>}
        </Line>
      )}
      {needed !== undefined && needed.length > 0 && <Line name="needs">{needed.join(', ')}</Line>}
      {go && <Line name="Go">{`${go.version}${go.path === undefined ? '' : ` · ${go.path}`}`}</Line>}
      {go?.settings.GOARCH !== undefined && <Line name="GOARCH">{go.settings.GOARCH}</Line>}
      {isaLevel !== undefined && <Line name="at least">{`x86-64-v${isaLevel}`}</Line>}
      {maxAlignBytes !== undefined && <Line name="aligned to">{`${maxAlignBytes / 1_024} KiB`}</Line>}
      {buildId !== undefined && <Line name="build id">{buildId}</Line>}
      {partial && <span className="text-muted">by its first bytes</span>}
      {hardLinkTo !== undefined && <Line name="same file as">{hardLinkTo}</Line>}
    </span>
  )
}

function Line({ name, children }: { name: string; children: string | readonly ReactNode[] }) {
  const [text, mark] = typeof children === 'string' ? [children] : children
  return (
    <span className="break-words">
      <span className="text-muted">{name} </span>
      <span className="mono break-all">
        {typeof text === 'string' ? <ForeignText text={text} maxLength={600} /> : text}
      </span>{' '}
      {mark}
    </span>
  )
}
