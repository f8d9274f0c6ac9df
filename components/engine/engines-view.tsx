'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Section } from '#components/ui/section.tsx'
import { Twin } from '#components/ui/twin.tsx'
import type { EnginesResponse } from '#lib/api/engines.ts'
import { ENGINES_CALL_PATH, enginesOptions, probeEnginesOptions } from '#lib/client/engine-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { EngineCard } from './engine-card.tsx'
import { EnginesHeader } from './engines-header.tsx'
import { EnginesSkeleton } from './engines-skeleton.tsx'
import { FillHoles, GetEngine } from './get-engine.tsx'
import { PlatformGlanceSection } from './platform-glance.tsx'
import { glanceAtPlatforms, probeSummary } from './platform-glance-model.ts'

/** The page of the engines, kept up to date while one is being probed or is down. */
export function EnginesView() {
  const { data, error, refetch } = useQuery(enginesOptions)
  const probeAll = useMutation(probeEnginesOptions)
  if (data === undefined && error === null) return <EnginesSkeleton />
  const isProbing = probeAll.isPending || (data?.engines.some(({ probing }) => probing) ?? false)
  const button = (
    <Button
      variant="primary"
      disabled={isProbing}
      onClick={() =>
        probeAll.mutate({}, { onSuccess: (answer) => announce(answer.engines.map(probeSummary).join('. ')) })
      }
    >
      <RotateCw aria-hidden="true" className={cn('size-3.5', isProbing && 'animate-spin')} />
      {isProbing ? 'Probing…' : data?.engines.length === 0 ? 'Look again' : 'Probe all again'}
    </Button>
  )
  return (
    <>
      <EnginesHeader actions={button} />
      {[error, probeAll.error].map(
        (failure) =>
          failure && (
            <ProblemPanel
              key={failure === error ? 'list' : 'probe'}
              className="mt-5"
              problem={problemOf(failure)}
              retry={<Button onClick={() => refetch()}>Try again</Button>}
            />
          ),
      )}
      {data && <EngineLists answer={data} isProbingAll={probeAll.isPending} />}
      <Twin cli="archway engines" api={ENGINES_CALL_PATH} />
    </>
  )
}

function EngineLists({ answer, isProbingAll }: { answer: EnginesResponse; isProbingAll: boolean }) {
  const { engines, problems } = answer
  const holes = glanceAtPlatforms(engines)
    .filter(({ kind, withheldFrom }) => kind === 'none' && withheldFrom.length === 0)
    .map(({ platform }) => platform)
  const someReady = engines.some(({ state }) => state === 'ready')
  return (
    <>
      {problems.map((problem) => (
        <ProblemPanel
          key={problem.detail}
          problem={
            engines.length === 0 ? { ...problem, title: NO_ENGINE[problem.code] ?? problem.title } : problem
          }
          className="mt-5"
        />
      ))}
      <PlatformGlanceSection engines={engines} />
      {engines.length > 0 && (
        <Section title={plural(engines.length, 'engine')}>
          <div className="grid gap-2.5">
            {engines.map((engine) => (
              <EngineCard key={engine.name} engine={engine} isProbingAll={isProbingAll} />
            ))}
          </div>
        </Section>
      )}
      {engines.length === 0 && <GetEngine />}
      {someReady && holes.length > 0 && <FillHoles platforms={holes} />}
    </>
  )
}

/** What a problem means to whoever has no engine at all. */
const NO_ENGINE: Readonly<Record<string, string>> = { engine_unavailable: 'There is no engine' }
