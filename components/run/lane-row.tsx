import { DottedFacts } from '#components/image/dotted-facts.tsx'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { FindingLines } from './finding-lines.tsx'
import { LaneClock } from './lane-clock.tsx'
import { LaneMarkView } from './lane-mark-view.tsx'
import type { Lane, LanePhase } from './lane-model.ts'
import { LaneProgressBar } from './lane-progress-bar.tsx'
import { OutputBlock } from './output-block.tsx'

interface LaneRowProps {
  readonly lane: Lane
  readonly runId: string
}

/** One platform of a run: how it stands, where it runs, what it wrote and why. */
export function LaneRow({ lane, runId }: LaneRowProps) {
  const { platform, mark, where, phases, progress, output, outputLostOf, isWriting, text, findings } = lane
  return (
    <li
      aria-label={platform}
      className="grid grid-cols-[150px_130px_minmax(0,1fr)_72px] gap-x-4 gap-y-2 px-[18px] py-3 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:px-3.5"
    >
      <PlatformName platform={platform} className="pt-px font-semibold" />
      <span className="max-sm:col-start-1 max-sm:row-start-2">
        <LaneMarkView mark={mark} />
      </span>
      <div className="grid min-w-0 content-start gap-2 max-sm:col-span-2">
        {where !== undefined && <Where text={where} />}
        {phases.some(({ state }) => state !== 'next') && <Phases phases={phases} />}
        {progress && <LaneProgressBar platform={platform} progress={progress} />}
        {text !== undefined && !findings.some(({ message }) => message === text) && (
          <p className={cn('break-words', isAsExpected(lane) && 'text-muted')}>
            <ForeignText text={text} maxLength={1_000} />
          </p>
        )}
        <FindingLines findings={findings} />
        <OutputBlock
          of={platform}
          parts={output}
          liveRunId={isWriting ? runId : undefined}
          lostOf={outputLostOf}
        />
        <Facts lane={lane} />
      </div>
      <span className="text-right text-muted tabular-nums max-sm:col-start-2 max-sm:row-start-1">
        <LaneClock time={lane.time} />
      </span>
    </li>
  )
}

function isAsExpected({ mark }: Lane): boolean {
  return mark.kind === 'verdict' && mark.verdict === 'passed'
}

/** `emulated` is said as loudly as the verdict beside it. */
function Where({ text }: { text: string }) {
  const [mode, ...rest] = text.split(' · ')
  return (
    <p className="break-words text-muted">
      <span className={cn(mode === 'emulated' && 'text-ink')}>{mode}</span>
      {rest.length > 0 && ` · ${rest.join(' · ')}`}
    </p>
  )
}

function Phases({ phases }: { phases: readonly LanePhase[] }) {
  return (
    <ol aria-label="Phases" className="flex flex-wrap gap-x-1.5 text-note">
      {phases.map(({ word, state }, at) => (
        <li
          key={word}
          aria-current={state === 'now' ? 'step' : undefined}
          className={cn(
            'flex items-baseline gap-x-1.5',
            state === 'now' ? 'font-[550] text-accent' : state === 'done' ? 'text-ink' : 'text-muted',
          )}
        >
          {at > 0 && (
            <span aria-hidden="true" className="font-normal text-muted">
              ›
            </span>
          )}
          {word}
          {state === 'done' && (
            <>
              <span aria-hidden="true"> ✓</span>
              <span className="sr-only"> done</span>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

function Facts({ lane: { exitCode, marks, steps } }: { lane: Lane }) {
  const facts = [exitCode === undefined ? undefined : `exit code ${exitCode}`, ...marks, ...steps].filter(
    (fact) => fact !== undefined,
  )
  if (facts.length === 0) return null
  return (
    <div className="text-note">
      <DottedFacts facts={facts} />
    </div>
  )
}
