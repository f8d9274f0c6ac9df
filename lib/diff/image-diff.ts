import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { LayerPair } from './align-layers.ts'
import type { ConfigChange } from './compare-config.ts'
import type { FileComparison } from './compare-files.ts'
import type { PackageComparison, PackageSide } from './compare-packages.ts'
import type { BinarySummary } from './foreign-binaries.ts'

/** What the layers of one side hold. */
export interface SideContent {
  readonly entries: readonly TreeEntry[]
  readonly packages: PackageSide['packages']
  /** Every layer could be read; else what seems to be absent may only be unread. */
  readonly isComplete: boolean
  /** The lowest layer is one of those that could not be read. */
  readonly lacksBase?: boolean
}

/** Everything that two images differ in. Without the layers' contents, only what the registry's JSON tells. */
export interface ImageDiff {
  readonly isAcrossArchitectures: boolean
  readonly config: { readonly changes: readonly ConfigChange[]; readonly sameCount: number }
  readonly layers: readonly LayerPair[]
  readonly content?: {
    readonly files: FileComparison
    readonly packages: PackageComparison
    readonly binaries: { readonly from: BinarySummary; readonly to: BinarySummary }
    /** Every layer of both could be read. */
    readonly isComplete: boolean
  }
  /** What should not differ and does, worst first. */
  readonly highlights: readonly Highlight[]
}

/** What should not differ and does, as data, heaviest first. */
export type Highlight =
  | {
      readonly kind: 'foreign-binary'
      readonly side: 'from' | 'to'
      readonly count: number
      readonly paths: readonly string[]
      readonly found: string
    }
  | {
      readonly kind: 'shared-base'
      readonly digest: string
      /** Programs were seen in it; else nobody has looked into the layer yet. */
      readonly isCertain: boolean
    }
  | { readonly kind: 'other-revision'; readonly key: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'packages-one-side'
      readonly side: 'from' | 'to'
      readonly count: number
      readonly names: readonly string[]
    }
  | { readonly kind: 'version-skew'; readonly count: number; readonly names: readonly string[] }
  | { readonly kind: 'config-drift'; readonly count: number; readonly names: readonly string[] }
  | {
      readonly kind: 'files-one-side'
      readonly side: 'from' | 'to'
      readonly count: number
      readonly paths: readonly string[]
    }
  | { readonly kind: 'files-differ'; readonly count: number; readonly paths: readonly string[] }
