import dns from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { AppError } from '#lib/errors/app-error.ts'
import { type AddressClass, classifyAddress, classifyName } from './address-class.ts'

/** Which addresses may be asked (DESIGN §4, SSRF). */
export interface AddressPolicy {
  /** Archway listens on loopback and serves its own user: private and loopback registries are fine. */
  readonly servesLoopbackOnly: boolean
  /** Names (`registry.corp`, `*.corp`), addresses and CIDR ranges that are fine although they are private. */
  readonly allowHosts: readonly string[]
}

/** Decides which hosts and addresses may be asked. Link-local and cloud metadata addresses never are. */
export interface AddressGuard {
  /** Judges a URL's host by name and, for an IP literal, by address. Throws `address_refused`. */
  check(url: URL): void
  /**
   * DNS for sockets: answers only addresses that may be asked, so that no second look-up can slip another one in.
   * Fails with `address_refused` when none is left.
   */
  readonly lookup: LookupFunction
}

/** Resolves a name to all of its addresses; Node's `dns.lookup` unless a test brings another. */
export type ResolveAll = (
  hostname: string,
  options: dns.LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void

const LOOPBACK = ['127.0.0.1', '::1']

/** Makes the guard of a policy. Throws `settings_invalid` for an entry of `allowHosts` that cannot be read. */
export function createAddressGuard(policy: AddressPolicy, resolveAll: ResolveAll = dns.lookup): AddressGuard {
  const allowed = policy.allowHosts.map(parseEntry)

  const allowsName = (name: string) => allowed.some((entry) => entry.kind === 'name' && entry.matches(name))
  const allowsAddress = (text: string) => {
    const address = ipaddr.process(text)
    return allowed.some(
      (entry) =>
        entry.kind === 'range' && entry.kindOfAddress === address.kind() && address.match(entry.range),
    )
  }
  const mayAsk = (found: AddressClass, isAllowed: () => boolean) =>
    found.reach === 'public' || (found.reach === 'private' && (policy.servesLoopbackOnly || isAllowed()))

  return {
    check(url) {
      const host = hostnameOf(url)
      const isAddress = ipaddr.isValid(host)
      const found = isAddress ? classifyAddress(host) : classifyName(host)
      // What localhost resolves to is looked at once more when connecting.
      const asAddresses = isAddress ? [host] : found.reach === 'private' ? LOOPBACK : []
      const isAllowed = () => allowsName(host) || asAddresses.some(allowsAddress)
      if (!mayAsk(found, isAllowed)) throw refused(url.host, found, undefined)
    },
    lookup(hostname, options, callback) {
      resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, [])
        const name = hostname.toLowerCase().replace(/\.$/, '')
        const judged = addresses.map((address) => ({ address, found: classifyAddress(address.address) }))
        const fine = judged
          .filter(({ address, found }) =>
            mayAsk(found, () => allowsName(name) || allowsAddress(address.address)),
          )
          .map(({ address }) => address)
        const [first] = fine
        if (first === undefined) return callback(noneLeft(hostname, judged), [])
        if (options.all) return callback(null, fine)
        callback(null, first.address, first.family)
      })
    },
  }
}

/** A URL's host without brackets and trailing dot, lower case. Decimal and octal IPv4 forms are already resolved. */
export function hostnameOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

/** Whether a URL leads to this machine by its name or address alone. */
export function isLoopbackUrl(url: URL): boolean {
  const host = hostnameOf(url)
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')
}

type AllowEntry =
  | { readonly kind: 'name'; matches(name: string): boolean }
  | {
      readonly kind: 'range'
      readonly kindOfAddress: 'ipv4' | 'ipv6'
      readonly range: [ipaddr.IPv4 | ipaddr.IPv6, number]
    }

function parseEntry(entry: string): AllowEntry {
  const text = entry.trim().toLowerCase()
  if (ipaddr.isValidCIDR(text)) {
    const range = ipaddr.parseCIDR(text)
    return { kind: 'range', kindOfAddress: range[0].kind(), range }
  }
  const host = text.replace(/:\d+$/, (port, at: number) =>
    /^[^:]*$|\]$/.test(text.slice(0, at)) ? '' : port,
  )
  const bare = host.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(bare)) {
    const address = ipaddr.process(bare)
    return {
      kind: 'range',
      kindOfAddress: address.kind(),
      range: [address, address.kind() === 'ipv4' ? 32 : 128],
    }
  }
  if (!/^(\*\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$/.test(bare)) {
    throw new AppError('settings_invalid', `“${entry.slice(0, 100)}” is not a host, an address or a range.`, {
      hint: 'ARCHWAY_ALLOW_HOSTS takes names (registry.corp, *.corp), addresses and ranges (10.0.0.0/8).',
    })
  }
  if (bare.startsWith('*.')) return { kind: 'name', matches: (name) => name.endsWith(bare.slice(1)) }
  return { kind: 'name', matches: (name) => name === bare }
}

function noneLeft(
  hostname: string,
  judged: readonly { address: dns.LookupAddress; found: AddressClass }[],
): AppError {
  const worst = judged.find(({ found }) => found.reach === 'forbidden') ?? judged[0]
  const found = worst?.found ?? { reach: 'private', label: 'no address at all' }
  return refused(hostname, found, judged.map(({ address }) => address.address).join(', '))
}

function refused(host: string, found: AddressClass, addresses: string | undefined): AppError {
  const never = found.reach === 'forbidden'
  const text = `${host} leads to ${found.label}, which Archway ${never ? 'never asks' : 'may not ask here'}.`
  return new AppError('address_refused', text, {
    ...(never
      ? {}
      : { hint: `If it is a registry you trust, the operator can list it in ARCHWAY_ALLOW_HOSTS.` }),
    ...(addresses === undefined ? {} : { operatorDetail: `${host} resolved to ${addresses}` }),
  })
}
