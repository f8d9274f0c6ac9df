import { describe, expect, test } from 'vitest'
import { isSignedBy, parseSubmitUrl, signCall, submitPath } from './remote-results.ts'

const KEY = 'k'.repeat(43)
const ID = '0123456789abcdef'

describe('a submit URL', () => {
  test.each(['https://archway.example', 'http://127.0.0.1:3000', 'https://ci.example/archway'])(
    'at %s is taken apart',
    (server) =>
      expect(parseSubmitUrl(`${server}${submitPath(ID, KEY)}`)).toEqual({ server, runId: ID, key: KEY }),
  )

  test.each([
    ['no URL', 'archway'],
    ['another scheme', `ftp://a/runs/${ID}#submit=${KEY}`],
    ['no key', `http://a/runs/${ID}`],
    ['half a key', `http://a/runs/${ID}#submit=${KEY.slice(1)}`],
    ['a report', `http://a/reports/${ID}#submit=${KEY}`],
    ['no run', `http://a/runs/../x#submit=${KEY}`],
  ])('%s is none', (_, text) => expect(parseSubmitUrl(text)).toBeUndefined())
})

describe('a signature', () => {
  const call = { method: 'POST', runId: ID, body: '{"a":"ü"}' } as const
  const signature = signCall(KEY, call)

  test('holds for what was signed', () => expect(isSignedBy(KEY, call, signature)).toBe(true))

  test.each([
    ['another key', 'x'.repeat(43), call, signature],
    ['another body', KEY, { ...call, body: '{}' }, signature],
    ['another run', KEY, { ...call, runId: 'fedcba9876543210' }, signature],
    ['another method', KEY, { ...call, method: 'GET' as const }, signature],
    ['none', KEY, call, null],
    ['a piece', KEY, call, signature.slice(1)],
    ['noise', KEY, call, 'ü'.repeat(43)],
  ])('does not for %s', (_, key, signed, stated) => expect(isSignedBy(key, signed, stated)).toBe(false))
})
