import { expect, test } from 'vitest'
import { requireSameOrigin } from './same-origin.ts'

const call = (headers: Record<string, string>) => () =>
  requireSameOrigin(new Request('http://archway.lan:3000/api/v1/runs', { method: 'POST', headers }))
const host = 'archway.lan:3000'

test.each<[string, Record<string, string>]>([
  ['a program', { host }],
  ['a page of its own', { host, 'sec-fetch-site': 'same-origin', origin: 'http://archway.lan:3000' }],
  ['a page of its own, without TLS', { host, origin: 'http://archway.lan:3000' }],
  ['a page of its own, TLS in front', { host, origin: 'https://archway.lan:3000' }],
  [
    'one behind a proxy',
    { host: '10.0.0.1:3000', 'x-forwarded-host': 'a.example', origin: 'https://a.example' },
  ],
  ['an address that somebody typed', { host, 'sec-fetch-site': 'none' }],
])('%s may', (_, headers) => expect(call(headers)).not.toThrow())

test.each<[string, Record<string, string>]>([
  ['another site', { host, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a neighbour', { host, 'sec-fetch-site': 'same-site' }],
  ['another site, without TLS', { host, origin: 'http://evil.example' }],
  ['another port, without TLS', { host, origin: 'http://archway.lan:8080' }],
  ['a page that hides its origin', { host, origin: 'null' }],
])('%s may not', (_, headers) =>
  expect(call(headers)).toThrow(expect.objectContaining({ code: 'request_invalid' })),
)
