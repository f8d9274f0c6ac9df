import { maskArchitecture } from '#lib/oci/architecture-names.ts'
import { type ComparedImage, comparedImages, unreadImages } from './compared-images.ts'
import { defineCheck } from './define-check.ts'
import { type ComparedField, driftReports } from './drift.ts'
import type { RegistryFacts } from './facts.ts'

/** Parts of a variable's name that say that its value belongs to one architecture, or to one file for it. */
const OWN_PARTS: ReadonlySet<string> = new Set([
  ...[
    'PLATFORM',
    'TARGETPLATFORM',
    'BUILDPLATFORM',
    'VARIANT',
    'TARGETVARIANT',
    'TRIPLET',
    'TRIPLE',
    'MULTIARCH',
  ],
  ...['ARCHITECTURE', 'CPU', 'GOARM', 'GOARM64', 'GOAMD64', 'GOPPC64', 'GORISCV64', 'GO386'],
  ...['SHA', 'SHA1', 'SHA256', 'SHA512', 'SHASUM', 'SHA256SUM', 'MD5', 'CHECKSUM', 'DIGEST', 'HASH'],
  ...['CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'RUSTFLAGS'],
])
/** `TARGETARCH`, `GOARCH`, `NVARCH`; not `SEARCH`. */
const ARCH_PART = /^(?!.*(?:SE|MON|PATRI)ARCH$)[A-Z]{0,8}ARCH$/

/**
 * META-005: images for different architectures are started differently. What differs only by naming its own
 * architecture does not count, nor do variables that are an architecture's own. Versions are META-006's.
 */
export const meta005 = defineCheck<RegistryFacts>(
  'META-005',
  (facts) => comparedImages(facts).flatMap((images) => driftReports(fieldsOf(images))),
  unreadImages,
)

function fieldsOf(images: readonly ComparedImage[]): ComparedField[] {
  const field = (name: string, read: (config: ComparedImage['config']) => string): ComparedField => ({
    field: name,
    values: images.map((image) => {
      const value = read(image.config)
      return { image, key: maskArchitecture(value, image.architecture), value }
    }),
  })
  return [
    field('Entrypoint', ({ entrypoint }) => listText(entrypoint)),
    field('Cmd', ({ cmd }) => listText(cmd)),
    field('User', ({ user }) => user),
    field('WorkingDir', ({ workingDir }) => (workingDir === '' ? '/' : workingDir)),
    field('ExposedPorts', ({ exposedPorts }) => exposedPorts.map(portText).sort().join(', ')),
    ...variablesOf(images).map((name) =>
      field(
        `Env ${name}`,
        ({ env }) => env.find((entry) => nameOf(entry) === name)?.slice(name.length + 1) ?? '',
      ),
    ),
  ]
}

function variablesOf(images: readonly ComparedImage[]): string[] {
  const names = new Set(images.flatMap(({ config }) => config.env.map(nameOf)))
  return [...names].filter((name) => name !== '' && !isOwn(name)).sort()
}

function isOwn(name: string): boolean {
  const parts = name.toUpperCase().split('_')
  return parts.at(-1) === 'VERSION' || parts.some((part) => OWN_PARTS.has(part) || ARCH_PART.test(part))
}

function nameOf(entry: string): string {
  return entry.split('=', 1)[0] ?? ''
}

function listText(list: readonly string[]): string {
  return list.length === 0 ? '' : JSON.stringify(list)
}

/** A port without a protocol is TCP’s. */
function portText(port: string): string {
  return port.includes('/') ? port : `${port}/tcp`
}
