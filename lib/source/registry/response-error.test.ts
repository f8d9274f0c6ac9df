import { describe, expect, test } from 'vitest'
import { isWebPage, responseError, type Wanted, webPageError } from './response-error.ts'
import type { TransportResponse } from './transport.ts'

const answer = (
  status: number,
  body: unknown = '',
  headers: Record<string, string> = {},
): TransportResponse => ({
  status,
  headers,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  url: new URL('https://quay.io/v2/org/app/manifests/1.2?sig=secret'),
})
const says = (code: string, message = '') => ({ errors: [{ code, message, detail: { Tag: 'x' } }] })
const html = '<!DOCTYPE html><html><body>Please log in</body></html>'

const translate = (response: TransportResponse, wanted: Wanted = 'manifest') =>
  responseError({
    repository: { kind: 'registry', registry: 'quay.io', path: 'org/app' },
    wanted,
    what: 'quay.io/org/app:1.2',
    response,
    nowMs: 0,
  })

describe('an answer that is not good becomes one named error', () => {
  test.each<[string, TransportResponse, Wanted, string]>([
    ['manifest not there', answer(404, says('MANIFEST_UNKNOWN')), 'manifest', 'manifest_unknown'],
    ['repository not there', answer(404, says('NAME_UNKNOWN')), 'manifest', 'repository_unknown'],
    ['blob not there', answer(404, says('BLOB_UNKNOWN')), 'blob', 'blob_unknown'],
    ['a bare 404 for a manifest', answer(404), 'manifest', 'manifest_unknown'],
    ['a bare 404 for tags', answer(404, '404 page not found'), 'tags', 'repository_unknown'],
    ['a bare 404 for a blob', answer(404), 'blob', 'blob_unknown'],
    ['lower-case codes', answer(404, says('name_unknown')), 'manifest', 'repository_unknown'],
    ['a refused name', answer(400, says('NAME_INVALID')), 'tags', 'repository_unknown'],
    ['a refused tag', answer(400, says('TAG_INVALID')), 'manifest', 'manifest_unknown'],
    ['no rights', answer(403, says('DENIED')), 'manifest', 'forbidden'],
    ['a bare 403', answer(403), 'manifest', 'forbidden'],
    ['no rights, said with 401', answer(401, says('DENIED')), 'manifest', 'forbidden'],
    [
      'a second code decides',
      answer(404, { errors: [{ code: 'X' }, { code: 'DENIED' }] }),
      'tags',
      'forbidden',
    ],
    ['too many requests', answer(429, says('TOOMANYREQUESTS', 'slow down')), 'manifest', 'rate_limited'],
    ['too many requests as HTML', answer(429, html), 'manifest', 'rate_limited'],
    ['500', answer(500, says('UNKNOWN')), 'manifest', 'registry_unavailable'],
    ['503 as HTML', answer(503, html), 'manifest', 'registry_unavailable'],
    ['a proxy’s login', answer(407, html), 'manifest', 'registry_unavailable'],
    ['a web server that is no registry', answer(404, html), 'manifest', 'registry_protocol'],
    [
      'a registry whose 404 is a page',
      answer(404, html, { 'docker-distribution-api-version': 'registry/2.0' }),
      'manifest',
      'manifest_unknown',
    ],
    ['unsupported', answer(415, says('UNSUPPORTED')), 'manifest', 'registry_protocol'],
    ['a teapot', answer(418), 'manifest', 'registry_protocol'],
    ['a body of another shape', answer(404, { errors: 'no' }), 'manifest', 'manifest_unknown'],
    ['a number as code', answer(404, { errors: [{ code: 404 }] }), 'manifest', 'manifest_unknown'],
    ['JSON cut short', answer(404, '{"errors":[{"code":"NAME_UN'), 'manifest', 'manifest_unknown'],
    ['null', answer(404, 'null'), 'manifest', 'manifest_unknown'],
  ])('%s', (_, response, wanted, code) => {
    expect(translate(response, wanted).code).toBe(code)
  })

  test('the registry’s own words are told, without control characters and signed URLs', () => {
    const error = translate(
      answer(403, says('DENIED', 'no\u0007\nway: https://u:pw@cdn.example/x?X-Amz-Signature=secret please')),
    )
    expect(error.message).toBe(
      'quay.io denies access to org/app. quay.io says: “no way: https://cdn.example/x please”.',
    )
    expect(error.operatorDetail).not.toContain('secret')
  })

  test('long words are cut', () => {
    expect(translate(answer(403, says('DENIED', 'x'.repeat(5_000)))).message.length).toBeLessThan(300)
  })

  test('how long to wait is carried along', () => {
    expect(translate(answer(429, '', { 'retry-after': '60' })).retryAfterMs).toBe(60_000)
    expect(translate(answer(429)).retryAfterMs).toBeUndefined()
    expect(translate(answer(404, '', { 'retry-after': '60' })).retryAfterMs).toBeUndefined()
  })

  test('a missing repository may be private, and the hint says so', () => {
    expect(translate(answer(404, says('NAME_UNKNOWN')), 'tags').hint).toContain('private')
  })
})

describe('web pages are recognised', () => {
  test.each<[TransportResponse, boolean]>([
    [answer(200, 'x', { 'content-type': 'text/html; charset=utf-8' }), true],
    [answer(200, html, { 'content-type': 'application/json' }), true],
    [answer(200, '  \n<HTML>'), true],
    [answer(200, '{"a":"<html>"}'), false],
    [answer(200, ''), false],
  ])('%#', (response, expected) => {
    expect(isWebPage(response)).toBe(expected)
  })

  test('and told', () => {
    expect(webPageError(answer(200, html))).toMatchObject({ code: 'registry_protocol' })
  })
})
