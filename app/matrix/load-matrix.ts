import 'server-only'
import type { z } from 'zod'
import { type MatrixResponse, matrixQuery, matrixResponse } from '#lib/api/matrix.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { imageMatrix } from '#lib/service/image-matrix.ts'

/** What the page shows: a matrix, or why there is none. */
type MatrixAnswer =
  | { readonly kind: 'matrix'; readonly matrix: MatrixResponse }
  | { readonly kind: 'problem'; readonly problem: ProblemDto }

/** What the configs tell; no layer is read. A failure is a problem for the page to show. */
export async function loadMatrix(asked: z.input<typeof matrixQuery>): Promise<MatrixAnswer> {
  try {
    const { ref, platform = [], show = 'differs' } = asked
    const params = [
      ['ref', ref],
      ['show', show],
      ['depth', 'registry'],
    ]
    const query = parseQuery(
      matrixQuery,
      new URLSearchParams([...params, ...platform.map((each) => ['platform', each])]),
    )
    return { kind: 'matrix', matrix: matrixResponse.parse(await imageMatrix(await getContext(), query)) }
  } catch (error) {
    return { kind: 'problem', problem: tellProblem(error, '/matrix') }
  }
}
