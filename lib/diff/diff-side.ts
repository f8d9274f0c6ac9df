import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { Platform } from '#lib/oci/platform.ts'

/** A layer as a comparison sees it. */
export interface SideLayer {
  readonly digest: string
  readonly mediaType: string
  /** Compressed. */
  readonly sizeBytes: number
  /** Digest of the uncompressed tar; undefined when the config lists another number of layers. */
  readonly diffId?: string
  /** The history line that made it, where history and layers fit together. */
  readonly createdBy?: string
}

/** One image of a comparison. */
export interface DiffSide {
  readonly platform: Platform
  readonly config: ImageConfig
  readonly layers: readonly SideLayer[]
}

/**
 * Why a difference is folded away: it is what another architecture, or another build, makes of the same thing.
 * `native-binary`: programs of the right architecture on both sides. `package-database`: compared by its packages.
 * `exempt-binary`: a program of another architecture, where it harms nobody.
 */
export const FOLD_REASONS = [
  'architecture-name',
  'checksum',
  'build-time',
  'build-id',
  'native-binary',
  'package-database',
  'generated',
  'library-folder',
  'rebuild',
  'exempt-binary',
] as const
export type FoldReason = (typeof FOLD_REASONS)[number]
