import type { Elf } from '#lib/image/elf.ts'
import { exemptionOf } from '#lib/image/elf-exemptions.ts'
import { describeElf } from '#lib/image/elf-machine.ts'
import type { LayerFacts } from '#lib/image/layer/layer-facts.ts'
import type { InstalledPackage } from '#lib/image/tree/installed-packages.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { Gap } from './unjudged.ts'

/** The images of one index, as checks over the content of all of them see them. */
export interface ImageSet {
  readonly images: readonly SetImage[]
}

/** One of them, as little as is needed: files of many images are not held at a time. */
export interface SetImage {
  readonly platform: Platform
  readonly digest: string
  readonly packages: readonly Pick<InstalledPackage, 'type' | 'name' | 'version'>[]
  /** The lowest first. */
  readonly layers: readonly SetLayer[]
  /** Layers that could not be looked at. */
  readonly gaps: readonly Gap[]
  /** Package databases that could not be looked at, and those layers. */
  readonly packageGaps: readonly Gap[]
}

/** What a layer holds; `content` is absent where it could not be read. */
export interface SetLayer {
  readonly digest: string
  /** Of its archive, decompressed; its digest where that is not known. */
  readonly identity: string
  readonly content?: LayerContent | undefined
}

/** The binaries of one layer, exempt ones left out. */
export interface LayerContent {
  /** How many there are, by machine, in the words of `describeElf`. */
  readonly machines: Readonly<Record<string, number>>
  readonly paths: readonly string[]
  /** It brings a distribution: an `os-release`, a package database, a shell. */
  readonly isSystem: boolean
}

const SYSTEM =
  /^(etc\/os-release|usr\/lib\/os-release|(usr\/)?bin\/(sh|busybox|bash)|(var\/lib\/dpkg\/status|(usr\/)?lib\/apk\/db\/installed))$/
const PATHS_MAX = 5

/** What matters of a layer when several images share it. */
export function layerContent({ entries }: Pick<LayerFacts, 'entries'>, platform: Platform): LayerContent {
  const machines: Record<string, number> = {}
  const paths: string[] = []
  for (const { path, program, hardLinkTo } of entries) {
    if (program?.kind !== 'elf' || hardLinkTo !== undefined) continue
    if (exemptionOf(path, program, platform) !== undefined) continue
    const kind = machineOf(program)
    machines[kind] = (machines[kind] ?? 0) + 1
    if (paths.length < PATHS_MAX) paths.push(path)
  }
  return { machines, paths, isSystem: entries.some(({ path }) => SYSTEM.test(path)) }
}

/** Calling conventions are told apart elsewhere: a static ARM binary says nothing of floating-point numbers. */
function machineOf(elf: Elf): string {
  return describeElf(elf).split(', ').slice(0, 3).join(', ')
}
