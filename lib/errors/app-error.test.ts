import { describe, expect, it, vi } from 'vitest'
import { AppError, toAppError } from './app-error.ts'
import { ERROR_TABLE } from './error-table.ts'
import { toProblem } from './problem.ts'

describe('an AppError', () => {
  it('is known to another copy of its module, as Next makes them', async () => {
    vi.resetModules()
    const other = await import('./app-error.ts')
    expect(other.AppError).not.toBe(AppError)
    const foreign = new other.AppError('forbidden', 'No.')
    expect(foreign).toBeInstanceOf(AppError)
    expect(toAppError(foreign)).toBe(foreign)
  })
  it.each([new Error('x'), { name: 'AppError', code: 'forbidden' }, null, 'AppError'])('is not %o', (value) =>
    expect((value as unknown) instanceof AppError).toBe(false),
  )
})

describe('what is no AppError becomes one', () => {
  it.each([
    [new DOMException('stop', 'AbortError'), 'cancelled'],
    [Object.assign(new Error(), { name: 'ResponseAborted' }), 'cancelled'],
    [new DOMException('late', 'TimeoutError'), 'registry_timeout'],
    [new Error('password=hunter2'), 'internal'],
    ['just text', 'internal'],
    [undefined, 'internal'],
  ])('%o', (value, code) => expect(toAppError(value).code).toBe(code))
  it('tells the user nothing of what it does not know', () => {
    const problem = JSON.stringify(toProblem(toAppError(new Error('password=hunter2'))))
    expect(problem).not.toContain('hunter2')
  })
})

describe('a problem', () => {
  it('carries status, code, message and hint', () =>
    expect(
      toProblem(new AppError('rate_limited', 'Wait.', { hint: 'A minute.', retryAfterMs: 60_000 })),
    ).toEqual({
      type: 'urn:archway:problem:rate_limited',
      title: ERROR_TABLE.rate_limited.title,
      status: 429,
      detail: 'Wait.',
      code: 'rate_limited',
      hint: 'A minute.',
      retryAfterMs: 60_000,
    }))
  it('leaves operator text out', () =>
    expect(
      JSON.stringify(toProblem(new AppError('internal', 'Oh.', { operatorDetail: 'secret' }))),
    ).not.toContain('secret'))
})
