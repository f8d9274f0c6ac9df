'use client'

import { useState } from 'react'
import { useNow } from '#components/run/use-now.ts'
import { formatBytes } from '#components/ui/bytes.ts'
import { wholeSeconds } from '#components/ui/duration.ts'
import { formatCount, plural } from '#components/ui/plural.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'

/** A clock is shown from here on. */
const CLOCK_AFTER_MS = 3_000

interface ReadingNoticeProps {
  /** Layers to read, and their compressed size, as the manifests say. */
  readonly count: number
  readonly sizeBytes: number
  /** How far it is; absent until the server has said so. */
  readonly progress: ReadingProgress | undefined
}

/** Said while layers are downloaded and looked into: how much that is, how far it is, and since when. */
export function ReadingNotice({ count, sizeBytes, progress }: ReadingNoticeProps) {
  const [startMs] = useState(() => Date.now())
  const nowMs = useNow(true, 1_000)
  const passedMs = nowMs === undefined ? 0 : nowMs - startMs
  return (
    <div className="card mt-3 grid gap-2 px-[18px] py-3.5">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span role="status">
          <strong className="font-[550]">
            Reading {plural(count, 'layer')}, {formatBytes(sizeBytes)}…
          </strong>{' '}
          <span className="text-muted">
            Each is downloaded once and then known by its digest. Leaving this page ends the reading.
          </span>
        </span>
        {passedMs > CLOCK_AFTER_MS && (
          <span className="text-muted tabular-nums">{wholeSeconds(passedMs)}</span>
        )}
      </p>
      <Bar progress={progress} />
      {/* Its line is there from the beginning, so that nothing moves when the server has said how far it is. */}
      <p className="flex min-h-[1.45em] flex-wrap gap-x-4 text-muted text-note tabular-nums">
        {progress && (
          <>
            <span>
              {formatCount(progress.layersDone)} of {plural(progress.layers, 'layer')}
            </span>
            <span>
              {formatBytes(progress.readBytes)} of {formatBytes(progress.sizeBytes)}
            </span>
            {progress.entries > 0 && <span>{plural(progress.entries, 'entry', 'entries')} found</span>}
          </>
        )}
      </p>
    </div>
  )
}

function Bar({ progress }: { progress: ReadingProgress | undefined }) {
  if (!progress || progress.sizeBytes === 0) {
    return (
      <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-sunken">
        <span className="skeleton block h-full w-full !bg-accent opacity-60" />
      </span>
    )
  }
  const percent = Math.floor((100 * progress.readBytes) / progress.sizeBytes)
  return (
    <span
      role="progressbar"
      aria-label="Reading layers"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="block h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <span
        className="block h-full bg-accent transition-[width] duration-200"
        style={{ width: `${percent}%` }}
      />
    </span>
  )
}
