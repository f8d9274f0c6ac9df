'use client'

import { useEffect, useState } from 'react'
import { FindingsList } from '#components/image/findings-list.tsx'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Button } from '#components/ui/button.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Section } from '#components/ui/section.tsx'
import { Twin } from '#components/ui/twin.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { runCallPath } from '#lib/client/run-queries.ts'
import { AwaitedPanel } from './awaited-panel.tsx'
import { lanes } from './lane-model.ts'
import { LaneRow } from './lane-row.tsx'
import { profileFacts } from './profile-facts.ts'
import { referenceName } from './reference-name.ts'
import { rerunRequest } from './rerun-request.ts'
import { RunActions } from './run-actions.tsx'
import { RunBanner } from './run-banner.tsx'
import { runConclusion } from './run-conclusion.ts'
import { RunFacts } from './run-facts.tsx'
import { runTitle } from './run-title.ts'
import { isOver, useRun } from './use-run.ts'
import { validateTwin } from './validate-command.ts'
import { VerdictMark } from './verdict-mark.tsx'

/** A run: live while it goes on, whole when it is over. */
export function RunView({ initial }: { initial: RunDto }) {
  const { run, isLost, problem, put, retry } = useRun(initial)
  const [failure, setFailure] = useState<ProblemDto>()
  const conclusion = runConclusion(run)
  const name = referenceName(run.reference)
  useTabTitle(run)
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-[24rem] max-sm:basis-full">
          <h1 className="flex flex-wrap items-baseline gap-x-2.5 font-[620] text-title tracking-[-0.015em]">
            <span className="min-w-0 break-words">
              {isOver(run) ? 'Validation of' : 'Validating'}{' '}
              <span title={run.reference} className="font-[500] font-mono text-[1.1875rem]">
                <ForeignText text={name} maxLength={200} />
              </span>
            </span>
            {run.verdict && <VerdictMark verdict={run.verdict} className="text-lead tracking-normal" />}
            {run.state === 'cancelled' && (
              <Mark tone="skip" className="text-lead tracking-normal">
                Cancelled
              </Mark>
            )}
          </h1>
          <div className="mt-1.5">
            <RunFacts run={run} />
          </div>
        </div>
        <RunActions run={run} onRun={put} onProblem={setFailure} />
      </div>
      {failure && <ProblemPanel problem={failure} className="mt-5" />}
      {problem && (
        <ProblemPanel
          problem={problem}
          className="mt-5"
          retry={<Button onClick={retry}>Follow again</Button>}
        />
      )}
      {isLost && <ConnectionLost />}
      {conclusion && <RunBanner conclusion={conclusion} />}
      <Section title="Platforms" aside={<Asked run={run} />}>
        <ul className="card divide-y divide-line">
          {lanes(run.jobs).map((lane) => (
            <LaneRow key={lane.platform} lane={lane} runId={run.id} />
          ))}
        </ul>
        {!conclusion && run.leftOut.length > 0 && (
          <p className="mt-2 text-muted text-note">
            Left out: <span className="mono">{run.leftOut.join(', ')}</span>
          </p>
        )}
      </Section>
      <AwaitedPanel run={run} />
      <FindingsList findings={run.findings} />
      <Twin {...validateTwin(rerunRequest(run), { hidesEnv: true })} api={runCallPath(run.id)} />
    </>
  )
}

/** The page's own title is from when it was asked for; this one follows the run. */
function useTabTitle(run: RunDto): void {
  const title = runTitle(run)
  useEffect(() => {
    document.title = `${title} · Archway`
  }, [title])
}

function ConnectionLost() {
  return (
    <p role="status" className="card mt-5 border-l-[3px] border-l-warn px-[18px] py-2.5">
      <Mark tone="warn">Disconnected</Mark>{' '}
      <span className="text-muted">
        Archway does not answer. The run goes on without this page, which connects again by itself.
      </span>
    </p>
  )
}

function Asked({ run }: { run: RunDto }) {
  return (
    <span className="min-w-0 break-words text-muted text-note">
      <span className="sr-only">Asked of each: </span>
      <ForeignText text={profileFacts(run.profile, run.removeImages).join(' · ')} maxLength={400} />
    </span>
  )
}
