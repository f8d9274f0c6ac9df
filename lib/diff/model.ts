import type { InstalledPackage } from '#lib/image/tree/installed-packages.ts'
import type { MergedTree } from '#lib/image/tree/merge-layers.ts'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { Platform } from '#lib/oci/platform.ts'

/** One image as a comparison needs it. */
export interface DiffSide {
  readonly platform: Platform
  readonly config: ImageConfig
  /** The lowest first. */
  readonly layers: readonly DiffLayer[]
  readonly tree: MergedTree
  readonly packages: readonly InstalledPackage[]
}

/** A layer of one side, with the history line that made it where one did. */
export interface DiffLayer {
  readonly digest: string
  readonly sizeBytes: number
  readonly createdBy?: string | undefined
}

/** What is expected to differ between two architectures, and is therefore counted instead of shown. */
export const FOLD_CODES = [
  /** Paths and link targets that name the architecture: multiarch folders, loaders, `:amd64`. */
  'architecture-names',
  /** ELF files, each of its own side's architecture. */
  'own-binaries',
  /** Databases of packages: compared by name and version instead. */
  'package-databases',
  /** What tools write while an image is built: `ld.so.cache`, `.pyc`, logs. */
  'generated-files',
  /** Versions that differ in Debian's rebuild number alone: `1.2-3+b1`. */
  'binary-rebuilds',
  /** Times of building, in the config and its labels. */
  'build-times',
] as const

/** One switch of the folding. */
export type FoldCode = (typeof FOLD_CODES)[number]

/** Which folds apply. */
export type Folds = ReadonlySet<FoldCode>

/** What of a path differs. */
export type FileAspect = 'type' | 'content' | 'mode' | 'owner' | 'link' | 'xattrs'

/** One side's view of a path that differs. */
export interface FileState {
  readonly path: string
  readonly type: string
  readonly sizeBytes: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly layer: number
  readonly linkTarget?: string
  readonly sha256?: string
}

/** A path that one side lacks (`added`: only in `to`), or that differs. */
export interface FileDifference {
  /** As `from` has it, else as `to` has it. */
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Of `changed` only. */
  readonly aspects: readonly FileAspect[]
  readonly from?: FileState
  readonly to?: FileState
}

/** A package that one side lacks, or has in other versions. */
export interface PackageDifference {
  readonly type: InstalledPackage['type']
  readonly name: string
  /** All versions of one side, joined where there are several. */
  readonly from?: string
  readonly to?: string
}

/** Why a binary is worth a look. */
export type BinaryConcern = 'wrong-architecture' | 'other-kind' | 'other-linkage' | 'other-libraries'

/** One side's view of a binary. */
export interface BinaryState {
  readonly path: string
  /** `elf`, `script`, `pe` … */
  readonly kind: string
  /** Of ELF, for people. */
  readonly machine?: string
  readonly agrees?: 'matches' | 'differs' | 'unknown'
  readonly linkage?: 'static' | 'dynamic' | 'unread'
  readonly needed?: readonly string[]
}

/** A binary with what is odd about it: on one side, or between both. */
export interface BinaryDifference {
  readonly path: string
  readonly concerns: readonly BinaryConcern[]
  readonly from?: BinaryState
  readonly to?: BinaryState
}

/** A field of the config that differs: `env` and `labels` by key. */
export interface ConfigDifference {
  readonly field: string
  readonly key?: string
  readonly from?: string
  readonly to?: string
}

/** Layers side by side. `changed`: the same command made other content. */
export interface LayerPair {
  readonly relation: 'shared' | 'changed' | 'from-only' | 'to-only'
  /** Positions, the lowest being 0. */
  readonly from?: number
  readonly to?: number
}

/** What was folded away, and how much of it. */
export interface Folded {
  readonly code: FoldCode
  readonly count: number
}

/** What a person should look at first, the gravest first. */
export interface Highlight {
  readonly kind:
    | 'wrong-architecture'
    | 'packages-on-one-side'
    | 'files-on-one-side'
    | 'version-skew'
    | 'config-drift'
    | 'revision-differs'
    | 'shared-base'
  readonly count: number
  /** The first few: paths, names, fields. */
  readonly examples: readonly string[]
}

/** Everything that differs between two images. */
export interface ImageDiff {
  readonly summary: {
    readonly isSame: boolean
    readonly samePackages: number
    readonly sameFiles: number
    readonly highlights: readonly Highlight[]
  }
  readonly config: readonly ConfigDifference[]
  readonly layers: readonly LayerPair[]
  readonly files: readonly FileDifference[]
  readonly packages: readonly PackageDifference[]
  readonly binaries: readonly BinaryDifference[]
  readonly folded: readonly Folded[]
}
