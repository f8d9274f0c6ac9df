'use client'

import { useState } from 'react'
import { useNow } from '#components/run/use-now.ts'
import { formatBytes } from '#components/ui/bytes.ts'
import { wholeSeconds } from '#components/ui/duration.ts'
import { plural } from '#components/ui/plural.ts'
import type { DiffResponse } from '#lib/api/diff.ts'
import { layersToRead } from './diff-conclusion.ts'

/** A clock is shown from here on. */
const CLOCK_AFTER_MS = 3_000

/** Said while the layers are downloaded and looked into: how much that is, and for how long it has been going on. */
export function ReadingNotice({ diff }: { diff: DiffResponse }) {
  const { count, sizeBytes } = layersToRead(diff)
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
            Each is downloaded once and then known by its digest. Files, packages and programs follow.
          </span>
        </span>
        {passedMs > CLOCK_AFTER_MS && (
          <span className="text-muted tabular-nums">{wholeSeconds(passedMs)}</span>
        )}
      </p>
      <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-sunken">
        <span className="skeleton block h-full w-full !bg-accent opacity-60" />
      </span>
    </div>
  )
}
