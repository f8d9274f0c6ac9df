import { describe, expect, it } from 'vitest'
import { AppError } from './app-error.ts'
import { assertNever } from './assert-never.ts'
import { ERROR_TABLE, type ErrorCode, errorInfo } from './error-table.ts'
import { toProblem } from './problem.ts'

const CODES = Object.keys(ERROR_TABLE) as ErrorCode[]

describe('every error code', () => {
  it.each(CODES)('%s has a status, an exit code and a title', (code) => {
    const info = errorInfo(code)
    expect(info.status).toBeGreaterThanOrEqual(400)
    expect(info.status).toBeLessThan(600)
    expect([2, 64]).toContain(info.exitCode)
    expect(info.title).toMatch(/^\p{Lu}.*[^.]$/u)
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
  })

  it('exits 64 for what the caller wrote, and only for that', () => {
    for (const code of CODES) expect(errorInfo(code).exitCode === 64).toBe(errorInfo(code).status === 400)
  })

  it('is worth another try only where the other side may be better later', () => {
    expect(CODES.filter((code) => errorInfo(code).retryable)).toEqual([
      'rate_limited',
      'registry_unavailable',
      'registry_timeout',
      'engine_unavailable',
      'engine_timeout',
      'registry_unseen',
      'image_gone',
      'container_gone',
      'runs_too_many',
      'server_stopping',
    ])
  })
})

describe('toProblem', () => {
  it('is RFC 9457 with code and hint', () => {
    const error = new AppError('rate_limited', 'Wait.', { hint: 'Sign in.', retryAfterMs: 1_000 })
    expect(toProblem(error)).toEqual({
      type: 'urn:archway:problem:rate_limited',
      title: 'The registry asks to wait',
      status: 429,
      detail: 'Wait.',
      code: 'rate_limited',
      hint: 'Sign in.',
      retryAfterMs: 1_000,
    })
  })

  it('never carries what is for operators, nor the cause', () => {
    const error = new AppError('internal', 'Broke.', {
      operatorDetail: 'token=secret',
      cause: new Error('https://signed.test/?sig=secret'),
    })
    expect(JSON.stringify(toProblem(error))).not.toContain('secret')
    expect(toProblem(error)).not.toHaveProperty('hint')
  })
})

it('assertNever names the variant that the types forgot', () => {
  expect(() => assertNever({ kind: 'new' } as never)).toThrow(/"kind":"new"/)
})
