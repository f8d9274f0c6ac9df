import 'server-only'
import { type DiffResponse, diffQuery, diffResponse } from '#lib/api/diff.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { diffReferences } from '#lib/service/diff-references.ts'
import { loadPlatforms as loadImagePlatforms } from '../contents/load-platforms.ts'

/** What the page shows: a comparison, or why there is none. */
type DiffAnswer =
  | { readonly kind: 'diff'; readonly diff: DiffResponse }
  | { readonly kind: 'problem'; readonly problem: ProblemDto }

/** Compares what the registry's JSON tells; no layer is read. A failure is a problem for the page to show. */
export async function loadDiff({ from, to, fromPlatform, toPlatform }: DiffSides): Promise<DiffAnswer> {
  try {
    const query = diffQuery.parse({ from, to, fromPlatform, toPlatform, depth: 'registry' })
    const diff = diffResponse.parse(await diffReferences(await getContext(), query))
    return { kind: 'diff', diff }
  } catch (error) {
    return { kind: 'problem', problem: tellProblem(error, '/diff') }
  }
}

/** Why a reference cannot be read; undefined where it can. */
export async function loadProblem(reference: string): Promise<DiffAnswer | undefined> {
  const answer = await loadImagePlatforms(reference)
  return 'problem' in answer ? { kind: 'problem', problem: answer.problem } : undefined
}

/** The platforms of a reference, each once; none where they cannot be told. */
export async function loadPlatforms(reference: string): Promise<readonly string[]> {
  const answer = await loadImagePlatforms(reference)
  if ('problem' in answer) return []
  return [...new Set(answer.image.platforms.map(({ platform }) => platform))]
}
