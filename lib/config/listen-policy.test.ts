import { expect, test } from 'vitest'
import { assertMayListen, isLoopbackHost } from './listen-policy.ts'

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost', true],
  ['LOCALHOST', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['localhost.corp', false],
  ['127.0.0.1.corp', false],
  ['archway', false],
  ['', false],
])('%j is loopback: %j', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected)
})

test('this machine alone needs no decision', () => {
  expect(() => assertMayListen({ host: '127.0.0.1', auth: undefined })).not.toThrow()
})

test.each(['0.0.0.0', '::', '192.168.0.10', 'archway.corp'])('%s needs the decision', (host) => {
  expect(() => assertMayListen({ host, auth: 'none' })).not.toThrow()
  expect(() => assertMayListen({ host, auth: undefined })).toThrow(
    expect.objectContaining({
      code: 'listen_refused',
      message: expect.stringContaining(`HOST=${host}`),
      hint: expect.stringContaining('ARCHWAY_AUTH=none'),
    }),
  )
})
