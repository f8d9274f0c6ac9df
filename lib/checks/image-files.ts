import type { OsRelease } from '#lib/image/layer/os-release.ts'
import type { InstalledPackage } from '#lib/image/tree/installed-packages.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { StartFacts } from './job-facts.ts'
import type { Gap } from './unjudged.ts'

/** What tier L checks judge: the merged files of one platform’s image, as far as its layers could be read. */
export interface ImageFiles extends StartFacts {
  /** Digest of the image. */
  readonly digest: string
  /** Every path of the merged file system. */
  readonly entries: readonly TreeEntry[]
  /** Digests of the layers by position, the lowest first. */
  readonly layers: readonly string[]
  readonly packages: readonly InstalledPackage[]
  readonly osRelease?: OsRelease | undefined
  /** Executables on PATH that name a loader, with what lies where it should; only asked where every layer was read. */
  readonly loaders: readonly NamedLoader[]
  /** Layers that could not be looked at. */
  readonly gaps: readonly Gap[]
  /** Package databases that could not be looked at, and those layers. */
  readonly packageGaps: readonly Gap[]
}

/** A loader that executables on PATH ask for. */
export interface NamedLoader {
  /** As they name it. */
  readonly loader: string
  /** Executables that ask for it. */
  readonly paths: readonly string[]
  /** `missing`: nothing is there. `wrong`: no binary for this platform is there. */
  readonly state: 'missing' | 'wrong'
  /** What is there, in the words of `describeElf`. */
  readonly found?: string
}
