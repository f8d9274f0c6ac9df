import ipaddr from 'ipaddr.js'

/**
 * Where an address leads: `public` (the internet), `private` (this machine, a private network, or nowhere a public
 * registry lives) or `forbidden` (link-local and cloud metadata, never asked). `label` is a phrase for messages.
 */
export interface AddressClass {
  readonly reach: 'public' | 'private' | 'forbidden'
  readonly label: string
}

/** Metadata services outside the link-local ranges. https://hackingthe.cloud and the providers' manuals. */
const METADATA_ADDRESSES = new Set(
  [
    'fd00:ec2::254', // AWS
    'fd20:ce::254', // Google Cloud
    'fd00:42::42', // Scaleway
    '100.100.100.200', // Alibaba Cloud
    '192.0.0.192', // Oracle Cloud
    '168.63.129.16', // Azure, in a public range
  ].map((text) => ipaddr.parse(text).toNormalizedString()),
)

const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.azure.com',
  'instance-data',
  'instance-data.ec2.internal',
])

const LABELS: Readonly<Record<string, string>> = {
  loopback: 'a loopback address',
  private: 'a private address',
  uniqueLocal: 'a private address',
  carrierGradeNat: 'a shared (carrier-grade NAT) address',
  unspecified: 'the unspecified address',
  multicast: 'a multicast address',
}

const METADATA: AddressClass = { reach: 'forbidden', label: 'a cloud metadata address' }
const LINK_LOCAL: AddressClass = { reach: 'forbidden', label: 'a link-local address' }
const PUBLIC: AddressClass = { reach: 'public', label: 'a public address' }

/**
 * Classifies an IP address. An IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4) is judged as the
 * IPv4 address it leads to. What is not an address at all counts as `private`.
 */
export function classifyAddress(text: string): AddressClass {
  const bare = text.split('%', 1)[0] ?? ''
  if (!ipaddr.isValid(bare)) return { reach: 'private', label: 'not an IP address' }
  const address = ipaddr.process(bare)
  if (METADATA_ADDRESSES.has(address.toNormalizedString())) return METADATA
  const range = address.range()
  if (range === 'linkLocal') return LINK_LOCAL
  const inner = address instanceof ipaddr.IPv6 ? embeddedIpv4(address) : undefined
  if (inner !== undefined) return classifyAddress(inner)
  if (range === 'unicast' || range === 'as112' || range === 'as112v6' || range === 'amt') return PUBLIC
  return { reach: 'private', label: LABELS[range] ?? 'a reserved address' }
}

/** Classifies a host name by the name alone: metadata names are forbidden, `localhost` is loopback. */
export function classifyName(name: string): AddressClass {
  if (METADATA_NAMES.has(name)) return { reach: 'forbidden', label: 'a cloud metadata service' }
  if (name === 'localhost' || name.endsWith('.localhost')) {
    return { reach: 'private', label: 'a loopback address' }
  }
  return PUBLIC
}

/** The IPv4 address a transition form leads to, as text. */
function embeddedIpv4(address: ipaddr.IPv6): string | undefined {
  const bytes = address.toByteArray()
  const quad = (from: number) => bytes.slice(from, from + 4).join('.')
  const startsWith = (...prefix: number[]) => prefix.every((byte, i) => bytes[i] === byte)
  if (startsWith(0x20, 0x02)) return quad(2) // 6to4, 2002::/16
  if (startsWith(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) return quad(12) // NAT64, 64:ff9b::/96
  if (startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0)) return quad(12) // translated, ::ffff:0:0:0/96
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 14).some(Boolean)
  return isCompatible ? quad(12) : undefined // ::a.b.c.d, deprecated; ::1 and :: are not meant
}
