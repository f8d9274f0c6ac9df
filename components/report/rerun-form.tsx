'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { rerunRequest, unpassedPlatforms } from '#components/run/rerun-request.ts'
import { Button } from '#components/ui/button.tsx'
import { plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { runPath } from '#lib/client/page-paths.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { startRun } from '#lib/client/run-queries.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import type { RerunnableReport } from './rerunnable.ts'

/** What of a report is run again: the very same image or what its tag names by now, all platforms or the rest. */
interface RerunChoice {
  readonly image: 'pinned' | 'tag'
  readonly platforms: 'all' | 'not-passed'
}

/** Starts the same run once more and goes to it: all of it or only what did not pass, the same image or the tag's new one. */
export function RerunForm({ report }: { report: RerunnableReport }) {
  const rest = unpassedPlatforms(report)
  const isPart = rest.length > 0 && rest.length < report.jobs.length
  const isTag = report.reference !== report.pinned
  const [choice, setChoice] = useState<RerunChoice>({
    image: 'pinned',
    platforms: isPart ? 'not-passed' : 'all',
  })
  const router = useRouter()
  const start = useMutation({
    mutationFn: () => {
      const request = rerunRequest(report, isPart && choice.platforms === 'not-passed' ? rest : undefined)
      return startRun(choice.image === 'tag' ? { ...request, ref: report.reference } : request)
    },
    onSuccess: ({ id }) => router.push(runPath(id)),
  })
  const names = Object.keys(report.profile.env ?? {})
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate()
      }}
    >
      {isPart && (
        <Choices legend="Which platforms">
          <Choice
            name="platforms"
            isChosen={choice.platforms === 'not-passed'}
            onChoose={() => setChoice({ ...choice, platforms: 'not-passed' })}
            note={rest.join(', ')}
          >
            {report.jobs.every((job) => job.verdict === 'passed' || job.verdict === 'failed')
              ? 'Only what failed'
              : 'Only what did not pass'}
          </Choice>
          <Choice
            name="platforms"
            isChosen={choice.platforms === 'all'}
            onChoose={() => setChoice({ ...choice, platforms: 'all' })}
            note={plural(report.jobs.length, 'platform')}
          >
            All of them
          </Choice>
        </Choices>
      )}
      {isTag && (
        <Choices legend="Which image">
          <Choice
            name="image"
            isChosen={choice.image === 'pinned'}
            onChoose={() => setChoice({ ...choice, image: 'pinned' })}
            note={shortDigest(report.digest)}
          >
            The very same one
          </Choice>
          <Choice
            name="image"
            isChosen={choice.image === 'tag'}
            onChoose={() => setChoice({ ...choice, image: 'tag' })}
            note={report.reference}
          >
            What the tag names now
          </Choice>
        </Choices>
      )}
      <p className="text-muted">
        With the same expectations and limits
        {names.length > 0 && `, and the stored values of ${names.join(', ')}`}. This report stays as it is.
      </p>
      {start.isError && <ProblemPanel problem={problemOf(start.error)} className="mt-3" />}
      <div className="mt-4 flex justify-end">
        <Button type="submit" variant="primary" disabled={start.isPending || start.isSuccess}>
          {start.isPending || start.isSuccess ? 'Starting' : 'Start'}
        </Button>
      </div>
    </form>
  )
}

function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="mb-4">
      <legend className="mb-1.5 font-semibold text-label">{legend}</legend>
      <div className="grid gap-1.5">{children}</div>
    </fieldset>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly note: string
  readonly children: ReactNode
}

function Choice({ name, isChosen, onChoose, note, children }: ChoiceProps) {
  return (
    <label className="flex cursor-pointer items-baseline gap-2.5 rounded-control border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        className="translate-y-[2px] accent-[var(--accent)]"
      />
      <span className="min-w-0">
        <span className="font-[550]">{children}</span>
        <span className="mono block break-all text-muted">{note}</span>
      </span>
    </label>
  )
}
