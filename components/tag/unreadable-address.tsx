import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'

/** The page for an address that names no repository; the field above is the way on. */
export function UnreadableAddress({ problem }: { problem: ProblemDto }) {
  return (
    <>
      <h1 className="mb-5 font-[620] text-title tracking-[-0.015em]">This address names no repository</h1>
      <ProblemPanel problem={problem} />
    </>
  )
}
