'use client'

import { useQuery } from '@tanstack/react-query'
import { ScanSearch } from 'lucide-react'
import { useState } from 'react'
import { useNow } from '#components/run/use-now.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { formatDuration } from '#components/ui/duration.ts'
import { plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { layerChecksOptions } from '#lib/client/image-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { CheckCodes, CheckNote } from './check-note.tsx'
import { FindingCards } from './finding-cards.tsx'
import { ForeignText } from './foreign-text.tsx'
import { layerResult } from './layer-result.ts'

interface LayerFindingsProps {
  readonly reference: string
  /** Of all platforms, each layer once. */
  readonly layers: { readonly count: number; readonly sizeBytes: number }
  /** Checks that have looked already. */
  readonly looked: readonly string[]
}

/** The checks that read every layer: asked for by a person, because it may take gigabytes. */
export function LayerFindings({ reference, layers, looked }: LayerFindingsProps) {
  const [startedMs, setStartedMs] = useState<number>()
  const { data, error, isFetching, refetch } = useQuery({
    ...layerChecksOptions(reference),
    enabled: false,
  })
  const nowMs = useNow(isFetching)
  const start = () => {
    setStartedMs(Date.now())
    void refetch().then(({ data: answer }) => {
      if (answer) announce(`${plural(layerResult(answer, looked).findings.length, 'finding')} in the layers`)
    })
  }
  if (isFetching) {
    const sinceMs = nowMs !== undefined && startedMs !== undefined ? Math.max(0, nowMs - startedMs) : 0
    return (
      <div role="status" className="card px-3.5 py-3" aria-busy="true">
        <p>
          Reading {plural(layers.count, 'layer')}, {formatBytes(layers.sizeBytes)} compressed …{' '}
          <span aria-hidden="true" className="text-muted tabular-nums">
            {formatDuration(Math.floor(sinceMs / 1_000) * 1_000)}
          </span>
        </p>
        <p className="text-muted text-note">
          The first time they stream from the registry; then they are remembered by digest. Five minutes at
          most.
        </p>
      </div>
    )
  }
  if (error) {
    return <ProblemPanel problem={problemOf(error)} retry={<Button onClick={start}>Try again</Button>} />
  }
  if (data === undefined) {
    return (
      <div className="scripted flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button onClick={start}>
          <ScanSearch aria-hidden="true" className="size-3.5 text-muted" />
          Look into the layers
        </Button>
        <span className="text-muted text-note">
          Binaries, packages and files of every platform: reads {plural(layers.count, 'layer')},{' '}
          {formatBytes(layers.sizeBytes)}
        </span>
      </div>
    )
  }
  const { findings, checked, unjudged } = layerResult(data, looked)
  return (
    <section aria-label="Findings in the layers" className="grid gap-2.5">
      {findings.length > 0 && <FindingCards findings={findings} />}
      <div className="grid max-w-[88ch] gap-1 text-muted text-note">
        {checked.length > 0 && (
          <p>
            {findings.length === 0 && 'No finding in the layers. '}
            {plural(checked.length, 'check')} looked at their files: <CheckCodes codes={checked} />
          </p>
        )}
        {unjudged.map(({ codes, platforms, message }) => (
          <CheckNote key={`${codes.join()} ${platforms.join()} ${message}`}>
            <CheckCodes codes={codes} /> not judged:{' '}
            <ForeignText
              text={`${platforms.length > 0 ? `${platforms.join(', ')}: ` : ''}${message}.`}
              maxLength={400}
            />
          </CheckNote>
        ))}
      </div>
    </section>
  )
}
