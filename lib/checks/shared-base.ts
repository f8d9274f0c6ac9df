import { namedArchitectures } from '#lib/oci/architecture-names.ts'
import { type ComparedImage, comparedImages } from './compared-images.ts'
import type { RegistryFacts } from './facts.ts'

/** A layer at the bottom of images for different architectures, and why it should not be there. */
export interface SharedBase {
  readonly layer: string
  readonly sizeBytes: number
  readonly platforms: readonly string[]
  /** Of the images that share it. */
  readonly digests: readonly string[]
  readonly because: SharedBaseReason
  /** The history line that made it. */
  readonly createdBy?: string
  /** The one architecture that the history line names. */
  readonly named?: string
  /** Layers that they share from the bottom up. */
  readonly sharedLayers: number
}

/**
 * What makes a shared layer suspicious, the surest first. `names-architecture`: its history line names an architecture
 * that is not theirs. `root-filesystem`: it is a whole system. `holds-entrypoint`: it brings the program that starts.
 * `all-layers`: they share every layer, and yet start a program. `size`: nothing says what it is, and it is large.
 */
export type SharedBaseReason =
  | 'names-architecture'
  | 'root-filesystem'
  | 'holds-entrypoint'
  | 'all-layers'
  | 'size'

/** Archives without an entry: of no bytes, and of two blocks of zeros. */
const EMPTY_LAYERS: readonly string[] = [
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
]
/** A layer that nothing tells about may be a system from this size on: the smallest known ones have 700 kB. */
const MAY_BE_SYSTEM_BYTES = 256 * 1024

const SYSTEM = /\b(?:debian\.sh|debuerreotype|mmdebstrap|debootstrap|minirootfs|rootfs)\b/i
/** Certificates, time zones, licences, pages: the same on every architecture. Bazel makes one layer a package. */
const ASSETS =
  /\bca-certificates|\bca-bundle|\.(?:crt|pem|json|ya?ml|txt|md|html|css|js|jar)\b|\/etc\/(?:ssl|pki|passwd|group|nsswitch)|zoneinfo|tzdata|licen[cs]e|\bbazel\b/i
const COPY = /\b(?:COPY|ADD)\s+(.+)$/i

/** Bases that images for different architectures share though they hardly can. What may rightly be shared is not told. */
export function sharedBases(facts: RegistryFacts): SharedBase[] {
  return comparedImages(facts).flatMap((images) => {
    const withLayers = images.filter(({ layers }) => layers.length > 0)
    const groups = Map.groupBy(withLayers, (image) => contentOf(image, 0))
    return [...groups.values()].flatMap((group) => judge(group) ?? [])
  })
}

function judge(group: readonly ComparedImage[]): SharedBase | undefined {
  const [first] = group
  if (!first || new Set(group.map(({ architecture }) => architecture)).size < 2) return undefined
  const sharedLayers = countShared(group)
  const shared = first.layers.slice(0, sharedLayers)
  const base = (position: number, because: SharedBaseReason): SharedBase => {
    const createdBy = historyLine(first, position)
    const [named, ...others] = namedArchitectures(createdBy ?? '')
    return {
      layer: shared[position]?.digest ?? '',
      sizeBytes: shared[position]?.sizeBytes ?? 0,
      platforms: group.map(({ platform }) => platform),
      digests: group.map(({ digest }) => digest),
      because,
      ...(createdBy ? { createdBy } : {}),
      ...(named && others.length === 0 ? { named } : {}),
      sharedLayers,
    }
  }
  for (const position of shared.keys()) {
    const because = suspicion(group, position)
    if (because) return base(position, because)
  }
  const sharesAll = group.every(({ layers }) => layers.length === sharedLayers)
  const isEmpty = shared.every((_, position) => EMPTY_LAYERS.includes(contentOf(first, position)))
  return sharesAll && !isEmpty && group.every((image) => programOf(image)) ? base(0, 'all-layers') : undefined
}

function suspicion(group: readonly ComparedImage[], position: number): SharedBaseReason | undefined {
  const [first] = group
  if (!first || EMPTY_LAYERS.includes(contentOf(first, position))) return undefined
  const line = historyLine(first, position)
  const sizeBytes = first.layers[position]?.sizeBytes ?? 0
  if (line === undefined) return sizeBytes >= MAY_BE_SYSTEM_BYTES ? 'size' : undefined
  const named = namedArchitectures(line)
  if (named.size === 1 && group.some(({ architecture }) => !named.has(architecture)))
    return 'names-architecture'
  const destination = copyDestination(line)
  if (destination === '/' || SYSTEM.test(line)) return 'root-filesystem'
  if (destination !== undefined && group.some((image) => isUnder(programOf(image), destination)))
    return 'holds-entrypoint'
  if (destination !== undefined || ASSETS.test(line)) return undefined
  return sizeBytes >= MAY_BE_SYSTEM_BYTES ? 'size' : undefined
}

/** Where `COPY app /app # buildkit` or `#(nop) ADD file:… in / ` puts its files. */
function copyDestination(line: string): string | undefined {
  const rest = COPY.exec(line.replace(/#\s*buildkit\s*$/, '').trim())?.[1]
  const last = rest
    ?.split(/\s+/)
    .at(-1)
    ?.replaceAll(/["'\]]/g, '')
  return last?.startsWith('/') ? last.replace(/(?<=.)\/+$/, '') : undefined
}

function programOf({ config }: ComparedImage): string | undefined {
  return config.entrypoint[0] ?? config.cmd[0]
}

function isUnder(program: string | undefined, folder: string): boolean {
  return program !== undefined && (program === folder || program.startsWith(`${folder}/`))
}

/** What identifies a layer's content: the digest of its archive, whatever it was compressed with. */
function contentOf({ config, layers }: ComparedImage, position: number): string {
  const { diffIds } = config
  return (diffIds.length === layers.length ? diffIds[position] : layers[position]?.digest) ?? ''
}

function countShared(group: readonly ComparedImage[]): number {
  const most = Math.min(...group.map(({ layers }) => layers.length))
  for (let position = 0; position < most; position++) {
    if (new Set(group.map((image) => contentOf(image, position))).size > 1) return position
  }
  return most
}

function historyLine({ config, layers }: ComparedImage, position: number): string | undefined {
  const steps = config.history.filter((step) => !step.emptyLayer)
  return steps.length === layers.length ? steps[position]?.createdBy : undefined
}
