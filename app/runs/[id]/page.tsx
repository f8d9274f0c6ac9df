import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { runTitle } from '#components/run/run-title.ts'
import { RunView } from '#components/run/run-view.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { loadRun } from './load-run.ts'

interface RunPageProps {
  readonly params: Promise<{ readonly id: string }>
}

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  const answer = await loadRun((await params).id)
  return { title: answer.kind === 'run' ? runTitle(answer.run) : 'Run' }
}

export default async function RunPage({ params }: RunPageProps) {
  await connection()
  const { id } = await params
  const answer = await loadRun(id)
  switch (answer.kind) {
    case 'run':
      return <RunView key={id} initial={answer.run} />
    case 'unknown':
      return notFound()
    case 'problem':
      return (
        <>
          <h1 className="mb-5 font-[620] text-title tracking-[-0.015em]">Run</h1>
          <ProblemPanel problem={answer.problem} />
        </>
      )
  }
}
