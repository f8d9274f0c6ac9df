import type { ProblemDto } from '#lib/api/parts.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { toProblem } from '#lib/errors/problem.ts'

/** A call that answered with problem+json, or could not be made. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: ProblemDto

  constructor(problem: ProblemDto, options?: ErrorOptions) {
    super(problem.detail, options)
    this.problem = problem
  }
}

/** Any failure as a problem that a page can show. */
export function problemOf(error: unknown): ProblemDto {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof AppError) return toProblem(error)
  return {
    type: 'urn:archway:problem:page_broken',
    title: 'This page broke',
    status: 0,
    detail: error instanceof Error && error.message !== '' ? error.message : 'Something unexpected happened.',
    code: 'page_broken',
    hint: 'Reload the page; if it breaks again, please report it.',
  }
}
