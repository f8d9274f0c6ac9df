import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { isConnectionLoss, networkError } from './network-error.ts'

const url = new URL('https://registry.example:5000/v2/a/blobs/b?sig=secret')
const failing = (code: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { code })
const translate = (error: unknown, proxy?: URL) => networkError(error, { url, proxy })

describe('failures of the network are named once', () => {
  test.each([
    ['ENOTFOUND', 'registry_unavailable', /not known to DNS/],
    ['ECONNREFUSED', 'registry_unavailable', /refuses connections/],
    ['ECONNRESET', 'registry_unavailable', /broke the connection off/],
    ['UND_ERR_SOCKET', 'registry_unavailable', /broke the connection off/],
    ['UND_ERR_CONNECT_TIMEOUT', 'registry_timeout', /in time/],
    ['UND_ERR_HEADERS_TIMEOUT', 'registry_timeout', /did not answer/],
    ['UND_ERR_BODY_TIMEOUT', 'registry_timeout', /middle of its answer/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_untrusted', /not trusted/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_untrusted', /not trusted/],
    ['CERT_HAS_EXPIRED', 'tls_untrusted', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_untrusted', /another name/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_untrusted', /agree on TLS/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'registry_unavailable', /does not speak TLS/],
    ['HPE_INVALID_CONSTANT', 'registry_protocol', /does not answer in HTTP/],
    ['SOMETHING_NEW', 'registry_unavailable', /could not be asked/],
  ] as const)('%s', (code, expected, text) => {
    const error = translate(failing(code))
    expect(error.code).toBe(expected)
    expect(error.message).toMatch(text)
    expect(error.message).toContain('registry.example:5000')
    expect(`${error.message}${error.hint}${error.operatorDetail}`).not.toContain('secret')
  })

  test('a code deep within causes and aggregates is found', () => {
    const deep = new Error('fetch failed', { cause: new AggregateError([failing('ECONNREFUSED')]) })
    expect(translate(deep).message).toContain('refuses connections')
  })

  test('an AppError within is the answer', () => {
    const inner = new AppError('address_refused', 'no')
    expect(translate(new Error('x', { cause: inner }))).toBe(inner)
  })

  test('what is no Error still is named', () => {
    expect(translate('boom').code).toBe('registry_unavailable')
  })

  test('the proxy is named without its login', () => {
    const error = translate(failing('ECONNREFUSED'), new URL('http://user:secret@proxy.corp:3128'))
    expect(error.message).toContain('through the proxy proxy.corp:3128')
    expect(error.message).not.toContain('secret')
  })
})

test.each([
  ['ECONNRESET', true],
  ['UND_ERR_SOCKET', true],
  ['ECONNREFUSED', false],
  ['UND_ERR_HEADERS_TIMEOUT', false],
])('a lost connection: %s %s', (code, lost) => {
  expect(isConnectionLoss(failing(code))).toBe(lost)
  expect(isConnectionLoss(translate(failing(code)))).toBe(lost)
})
