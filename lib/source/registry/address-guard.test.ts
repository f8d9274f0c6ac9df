import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { type AddressPolicy, createAddressGuard, hostnameOf, isLoopbackUrl } from './address-guard.ts'

const onLoopback: AddressPolicy = { servesLoopbackOnly: true, allowHosts: [] }
const onNetwork: AddressPolicy = { servesLoopbackOnly: false, allowHosts: [] }
const allowing = (...allowHosts: string[]): AddressPolicy => ({ servesLoopbackOnly: false, allowHosts })

function verdict(policy: AddressPolicy, url: string): string {
  try {
    createAddressGuard(policy).check(new URL(url))
    return 'asked'
  } catch (error) {
    return error instanceof AppError ? error.code : 'broken'
  }
}

describe('hosts are judged before a connection is made', () => {
  test.each<[string, AddressPolicy, string, string]>([
    ['public on loopback', onLoopback, 'https://quay.io/', 'asked'],
    ['public on a network', onNetwork, 'https://quay.io/', 'asked'],
    ['public address', onNetwork, 'https://8.8.8.8/', 'asked'],
    ['private on loopback', onLoopback, 'https://10.0.0.1/', 'asked'],
    ['loopback on loopback', onLoopback, 'http://127.0.0.1:5000/', 'asked'],
    ['private on a network', onNetwork, 'https://10.0.0.1/', 'address_refused'],
    ['loopback on a network', onNetwork, 'http://localhost:5000/', 'address_refused'],
    ['a trailing dot', onNetwork, 'http://localhost.:5000/', 'address_refused'],
    ['decimal', onNetwork, 'http://2130706433/', 'address_refused'],
    ['octal', onNetwork, 'http://0177.0.0.1/', 'address_refused'],
    ['hexadecimal', onNetwork, 'http://0x7f.1/', 'address_refused'],
    ['unspecified', onNetwork, 'http://0.0.0.0/', 'address_refused'],
    ['mapped', onNetwork, 'http://[::ffff:10.0.0.1]/', 'address_refused'],
    ['metadata even on loopback', onLoopback, 'http://169.254.169.254/', 'address_refused'],
    ['metadata as a decimal', onLoopback, 'http://2852039166/', 'address_refused'],
    ['metadata by name', onLoopback, 'http://metadata.google.internal/', 'address_refused'],
    ['metadata although listed', allowing('169.254.169.254'), 'http://169.254.169.254/', 'address_refused'],
    ['metadata name although listed', allowing('metadata'), 'http://metadata/', 'address_refused'],
    ['link-local within a listed range', allowing('0.0.0.0/0'), 'http://169.254.1.1/', 'address_refused'],
    ['listed address', allowing('10.0.0.1'), 'https://10.0.0.1/', 'asked'],
    ['listed address with a port', allowing('10.0.0.1:5000'), 'https://10.0.0.1:5000/', 'asked'],
    ['listed IPv6', allowing('[fd00::1]:5000'), 'https://[fd00::1]:5000/', 'asked'],
    ['listed bare IPv6', allowing('fd00::1'), 'https://[fd00::1]/', 'asked'],
    ['listed range', allowing('10.0.0.0/8'), 'https://10.2.3.4/', 'asked'],
    ['listed range, mapped', allowing('10.0.0.0/8'), 'https://[::ffff:10.2.3.4]/', 'asked'],
    ['outside the listed range', allowing('10.0.0.0/16'), 'https://10.2.3.4/', 'address_refused'],
    ['listed IPv6 range', allowing('fd00::/8'), 'https://[fd00::1]/', 'asked'],
    ['localhost by its address', allowing('127.0.0.0/8'), 'http://localhost:5000/', 'asked'],
    ['localhost by another address', allowing('10.0.0.0/8'), 'http://localhost:5000/', 'address_refused'],
    ['listed localhost', allowing('localhost'), 'http://localhost:5000/', 'asked'],
  ])('%s', (_, policy, url, expected) => {
    expect(verdict(policy, url)).toBe(expected)
  })

  test('the message says what to do, the address stays with the operator', () => {
    const guard = createAddressGuard(onNetwork)
    expect(() => guard.check(new URL('https://10.0.0.1:5000/'))).toThrow(
      expect.objectContaining({
        message: '10.0.0.1:5000 leads to a private address, which Archway may not ask here.',
        hint: expect.stringContaining('ARCHWAY_ALLOW_HOSTS'),
      }),
    )
  })

  test.each(['', '10.0.0.0/33', 'a b', 'https://quay.io', '*', '-x'])(
    '%j is refused as a setting',
    (entry) => {
      expect(() => createAddressGuard(allowing(entry))).toThrow(
        expect.objectContaining({ code: 'settings_invalid' }),
      )
    },
  )
})

describe('DNS answers only what may be asked', () => {
  const resolve = (policy: AddressPolicy, hostname: string, found: string[], all = true) => {
    const addresses = found.map(
      (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
    )
    const guard = createAddressGuard(policy, (_name, _options, callback) => callback(null, addresses))
    return new Promise<unknown>((resolve) => {
      guard.lookup(hostname, { all }, (error, address) => resolve(error ?? address))
    })
  }

  test('private addresses are left out of a mixed answer', async () => {
    expect(await resolve(onNetwork, 'mixed.example', ['10.0.0.1', '8.8.8.8', '::1'])).toEqual([
      { address: '8.8.8.8', family: 4 },
    ])
  })

  test('one address where one is wanted', async () => {
    expect(await resolve(onNetwork, 'mixed.example', ['10.0.0.1', '8.8.8.8'], false)).toBe('8.8.8.8')
  })

  test.each([
    [onNetwork, ['127.0.0.1']],
    [onLoopback, ['169.254.169.254']],
    [onLoopback, ['fe80::1', 'fd00:ec2::254']],
    [allowing('rebind.example'), ['169.254.169.254']],
    [onNetwork, []],
  ])('nothing left is an error', async (policy, addresses) => {
    expect(await resolve(policy, 'rebind.example', addresses)).toMatchObject({ code: 'address_refused' })
  })

  test.each([
    [allowing('registry.corp'), 'registry.corp', ['10.0.0.1']],
    [allowing('*.corp'), 'registry.corp', ['10.0.0.1']],
    [allowing('registry.corp:5000'), 'REGISTRY.corp', ['10.0.0.1']],
    [allowing('10.0.0.0/8'), 'registry.corp', ['10.0.0.1']],
  ])('what is listed is answered', async (policy, name, addresses) => {
    expect(await resolve(policy, name, addresses)).toMatchObject([{ address: '10.0.0.1' }])
  })

  test('a listed name does not open its neighbours', async () => {
    expect(await resolve(allowing('*.corp'), 'evilcorp', ['10.0.0.1'])).toBeInstanceOf(AppError)
  })

  test('a failed look-up is passed on', async () => {
    const failure = Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    const guard = createAddressGuard(onNetwork, (_name, _options, callback) => callback(failure, []))
    const seen = await new Promise((resolve) => guard.lookup('x.example', {}, (error) => resolve(error)))
    expect(seen).toBe(failure)
  })
})

test.each([
  ['https://[::1]:5000/', '::1', true],
  ['http://LOCALHOST./', 'localhost', true],
  ['http://127.8.9.1/', '127.8.9.1', true],
  ['http://2130706433/', '127.0.0.1', true],
  ['http://10.0.0.1/', '10.0.0.1', false],
  ['http://localhost.example/', 'localhost.example', false],
  ['http://app.localhost/', 'app.localhost', false],
])('%s: host %s, loopback %s', (url, host, loopback) => {
  expect(hostnameOf(new URL(url))).toBe(host)
  expect(isLoopbackUrl(new URL(url))).toBe(loopback)
})
