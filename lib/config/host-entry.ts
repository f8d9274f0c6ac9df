import ipaddr from 'ipaddr.js'

const NAME = /^[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$/i
const MAX_PORT = 65_535

/** Whether `text` can be listened on: a host name or an IP address, no port. */
export function isHost(text: string): boolean {
  return ipaddr.isValid(text) ? !/^\d+$/.test(text) : isHostName(text)
}

/** Whether `text` is a host name, an IP address or a CIDR range; `*.corp` stands for every name below `corp`. */
export function isHostOrRange(text: string): boolean {
  return ipaddr.isValidCIDR(text) || isHost(text.replace(/^\*\./, '')) || isAuthority(text)
}

/** Whether `text` is `host[:port]`; IPv6 addresses stand in brackets: `[::1]:5000`. */
export function isAuthority(text: string): boolean {
  const match = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text)
  if (match?.[1] === undefined) return false
  const host = match[1]
  const portFits = match[2] === undefined || (Number(match[2]) > 0 && Number(match[2]) <= MAX_PORT)
  return portFits && (host.startsWith('[') ? ipaddr.IPv6.isValid(host.slice(1, -1)) : isHost(host))
}

/** Digits and dots that are no IP address are a mistyped address, not a name. */
function isHostName(text: string): boolean {
  return NAME.test(text) && text.length <= 253 && !text.includes('..') && !/^[\d.]+$/.test(text)
}
