import ipaddr from 'ipaddr.js'

/** Machines whose kernel writes addresses from the other end. */
const BIG_ENDIAN = new Set(['s390x', 's390', 'ppc64', 'ppc', 'mips', 'mips64'])

/**
 * Where a socket listens, `127.0.0.1:8080` or `[::]:8080`, from a line of /proc/net/tcp or tcp6: the address in words of
 * 32 bits as the machine holds them, the port in plain hexadecimal. Undefined for what is no such line.
 * https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function parseListening(line: string, architecture: string): string | undefined {
  const [, address = '', port = ''] =
    /^\s*\d+: ((?:[0-9A-F]{8}){1}|(?:[0-9A-F]{8}){4}):([0-9A-F]{4})\b/.exec(line) ?? []
  if (address === '') return undefined
  const bytes = Buffer.from(address, 'hex')
  if (!BIG_ENDIAN.has(architecture)) bytes.swap32()
  const parsed = ipaddr.fromByteArray([...bytes])
  const text = parsed.kind() === 'ipv6' ? `[${(parsed as ipaddr.IPv6).toRFC5952String()}]` : parsed.toString()
  return `${text}:${Number.parseInt(port, 16)}`
}
