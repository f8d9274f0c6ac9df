import { expect, test } from 'vitest'
import type { ProblemDto } from '#lib/api/parts.ts'
import { withChildStep, withNextStep } from './next-step.ts'

const problem = (code: string, hint?: string): ProblemDto => ({
  type: `urn:archway:problem:${code}`,
  title: 'T',
  status: 404,
  detail: 'D',
  code,
  ...(hint === undefined ? {} : { hint }),
})

test('a hint that came with the failure is kept', () => {
  expect(withNextStep(problem('manifest_unknown', 'as told')).hint).toBe('as told')
})

test('what is not there has another next step as a tag than as a child of an index', () => {
  expect(withNextStep(problem('manifest_unknown')).hint).toMatch(/list of the repository’s tags/)
  expect(withChildStep(problem('manifest_unknown')).hint).toMatch(/mirror/)
})

test('a code without a step stays as it is', () => {
  expect(withNextStep(problem('internal'))).toEqual(problem('internal'))
})
