import { architectureOf } from '#lib/oci/architecture-names.ts'

/** SPDX and CycloneDX are shallow; what is deeper than this is neither. */
const MAX_DEPTH = 64

/**
 * How many packages an SBOM lists for each architecture, in Go's names, by `arch=` of their package URLs. Understands
 * SPDX, CycloneDX and in-toto statements around them, signed (DSSE) or not; anything else lists nothing.
 */
export function countPackages(document: unknown): Record<string, number> {
  const packages = new Set<string>()
  collect(unwrap(document), packages, 0)
  const counts: Record<string, number> = {}
  for (const purl of packages) {
    const architecture = architectureOf(qualifier(purl, 'arch') ?? '')
    if (architecture !== undefined) counts[architecture] = (counts[architecture] ?? 0) + 1
  }
  return counts
}

function unwrap(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document
  if ('payload' in document && 'payloadType' in document && typeof document.payload === 'string') {
    try {
      return JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(document.payload)))
    } catch {
      return undefined
    }
  }
  return document
}

function collect(value: unknown, packages: Set<string>, depth: number): void {
  if (typeof value === 'string') {
    if (value.startsWith('pkg:')) packages.add(identity(value))
  } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    for (const each of Object.values(value)) collect(each, packages, depth + 1)
  }
}

/** Syft names a package twice, once with an id of its own. */
function identity(purl: string): string {
  return purl.replace(/[?&]package-id=[^&#]*/, '')
}

function qualifier(purl: string, name: string): string | undefined {
  const query = purl.split('#', 1)[0]?.split('?')[1] ?? ''
  return new URLSearchParams(query).get(name) ?? undefined
}
