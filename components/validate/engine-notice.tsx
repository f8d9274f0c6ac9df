import Link from 'next/link'
import { buttonClass } from '#components/ui/button-class.ts'
import type { EnginesResponse } from '#lib/api/engines.ts'
import type { ProblemDto } from '#lib/api/parts.ts'

interface EngineNoticeProps {
  readonly engines: EnginesResponse | undefined
  /** Why the engines could not be asked for. */
  readonly problem: ProblemDto | undefined
}

/** Said where nothing can run here: what is missing, and where engines are looked after. */
export function EngineNotice({ engines, problem }: EngineNoticeProps) {
  const isReady = engines?.engines.some(({ state }) => state === 'ready')
  const isAsking = engines?.engines.some(({ probing }) => probing)
  if (isReady || isAsking || (!engines && !problem)) return null
  const told = problem ?? engines?.problems[0] ?? engines?.engines.find((engine) => engine.problem)?.problem
  return (
    <div role="status" className="card mb-3 border-l-[3px] border-l-warn px-[18px] py-3.5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <p className="font-[620]">There is no engine to run it on</p>
          <p className="mt-0.5 break-words">
            {told?.detail ?? 'Neither Docker nor Podman was found on this machine.'}
          </p>
          {told?.hint !== undefined && <p className="mt-1.5 break-words text-muted">{told.hint}</p>}
        </div>
        <Link href="/engines" className={buttonClass()}>
          Engines
        </Link>
      </div>
    </div>
  )
}
