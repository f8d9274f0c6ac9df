'use client'

import { useMutation } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useId } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { announce } from '#components/ui/announce.ts'
import { BreakableName } from '#components/ui/breakable-name.tsx'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { EngineDto } from '#lib/api/engines.ts'
import { probeEnginesOptions } from '#lib/client/engine-queries.ts'
import { EngineFacts } from './engine-facts.tsx'
import { EnginePlatforms } from './engine-platforms.tsx'
import { probeSummary } from './platform-glance-model.ts'

interface EngineCardProps {
  readonly engine: EngineDto
  /** All are being probed. */
  readonly isProbingAll: boolean
}

/** One engine: what it is, what it was found able to run, or why it is not there; and a probe of it alone. */
export function EngineCard({ engine, isProbingAll }: EngineCardProps) {
  const id = useId()
  const probe = useMutation(probeEnginesOptions)
  const { name, address, foundBy, info, problem, platforms, probedAt } = engine
  const isProbing = probe.isPending || isProbingAll || engine.probing === true
  const isReady = engine.state === 'ready'
  return (
    <article aria-labelledby={id} aria-busy={isProbing} className="card px-[18px] py-3.5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h3 id={id} className={cn('min-w-0 font-[620]', name === foundBy && 'mono text-body')}>
              <BreakableName name={name} />
            </h3>
            <StateMark engine={engine} isProbing={isProbing} />
          </div>
          <p className="mono wrap-anywhere text-muted">{address}</p>
        </div>
        <Button
          disabled={isProbing}
          onClick={() =>
            probe.mutate(
              { engine: name },
              {
                onSuccess: ({ engines }) => {
                  const probed = engines.find((each) => each.name === name)
                  if (probed) announce(probeSummary(probed))
                },
              },
            )
          }
        >
          <RotateCw aria-hidden="true" className={cn('size-3.5', isProbing && 'animate-spin')} />
          <span>
            {isProbing ? 'Probing…' : 'Probe again'}
            <span className="sr-only">: {name}</span>
          </span>
        </Button>
      </div>
      {probe.isError && (
        <p role="alert" className="mt-2 text-fail">
          Not probed: {probe.error.message}
        </p>
      )}
      {problem !== undefined && (
        <div className="mt-3 rounded-control bg-fail-soft px-3 py-2">
          <p className="wrap-anywhere">
            <ForeignText text={problem.detail} maxLength={1_000} />
          </p>
          {problem.hint !== undefined && <p className="wrap-anywhere mt-0.5">{problem.hint}</p>}
          <p className="mono mt-1">{problem.code}</p>
        </div>
      )}
      {isReady && info !== undefined && info.missingLimits.length > 0 && (
        <div className="mt-3 rounded-control bg-warn-soft px-3 py-2">
          <Mark tone="warn">Cannot limit {limitWords(info.missingLimits)}</Mark>
          <p className="mt-0.5">
            Its kernel lacks what that needs (cgroups), so an image that takes too much there takes it from
            the machine.
          </p>
        </div>
      )}
      {info !== undefined && (
        <div className="mt-3.5 grid gap-x-8 gap-y-4 border-line border-t pt-3.5 md:grid-cols-2">
          <div>
            {!isReady && <p className="mb-1 text-muted text-note">When it was last there:</p>}
            <EngineFacts info={info} />
          </div>
          {platforms.length > 0 && <EnginePlatforms platforms={platforms} />}
        </div>
      )}
      <p className="mt-3 text-muted text-note">
        {name === foundBy ? 'Found by itself' : `Named by ${foundBy}`}
        {probedAt !== undefined && (
          <>
            {' · probed '}
            <TimeAgo at={probedAt} />
          </>
        )}
      </p>
    </article>
  )
}

function StateMark({ engine, isProbing }: { engine: EngineDto; isProbing: boolean }) {
  if (engine.state === 'ready') return <Mark tone="pass">Ready</Mark>
  if (isProbing && engine.problem === undefined) return <Mark tone="skip">Asking it</Mark>
  return <Mark tone="fail">Unavailable</Mark>
}

const LIMITS = { memory: 'memory', pids: 'processes', cpus: 'processors' } as const

function limitWords(limits: NonNullable<EngineDto['info']>['missingLimits']): string {
  return new Intl.ListFormat('en').format(limits.map((limit) => LIMITS[limit]))
}
