import { describe, expect, it } from 'vitest'
import { isHostAllowed } from './host-policy.ts'

describe('a server on loopback answers only to loopback names', () => {
  it.each([
    'localhost',
    'localhost:3000',
    '127.0.0.1:3000',
    '127.8.8.8',
    '[::1]:3000',
    'archway.localhost:80',
    'LOCALHOST',
  ])('answers to %s', (host) => expect(isHostAllowed(host, true)).toBe(true))
  it.each([
    'evil.example',
    'localhost.evil.example:3000',
    '127.0.0.1.evil.example',
    '192.168.1.2',
    '',
    '[::2]',
    'evil@localhost',
  ])('refuses “%s”', (host) => expect(isHostAllowed(host, true)).toBe(false))
  it('refuses a request without a Host header', () => expect(isHostAllowed(null, true)).toBe(false))
  it('cannot know the names of a server that listens elsewhere', () =>
    expect(isHostAllowed('archway.example', false)).toBe(true))
})
