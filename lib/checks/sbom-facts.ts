import type { Gap } from './unjudged.ts'

/** What SBOMs say of the architectures of the packages they list. */
export interface SbomFacts {
  readonly sboms: readonly {
    /** Canonical text of the image it describes. */
    readonly platform: string
    readonly architecture: string
    /** Digest of the image. */
    readonly image: string
    /** Digest of the document. */
    readonly sbom: string
    /** How many packages are for each architecture, in Go's names. Those for all of them are not counted. */
    readonly packages: Readonly<Record<string, number>>
  }[]
  /** Documents that were not read. */
  readonly gaps: readonly Gap[]
}
