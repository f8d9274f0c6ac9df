import 'server-only'
import { cache } from 'react'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { getRun } from '#lib/service/run/get-run.ts'

type RunAnswer =
  | { readonly kind: 'run'; readonly run: RunDto }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'problem'; readonly problem: ProblemDto }

/** A run as it is now, once a request. A failure is a problem for the page to show, never thrown. */
export const loadRun = cache(async (id: string): Promise<RunAnswer> => {
  try {
    return { kind: 'run', run: await getRun(await getContext(), id) }
  } catch (error) {
    const problem = tellProblem(error, '/runs/ID')
    return problem.code === 'not_found' ? { kind: 'unknown' } : { kind: 'problem', problem }
  }
})
