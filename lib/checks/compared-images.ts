import type { ImageConfig } from '#lib/oci/image-config.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import type { ListedImage, RegistryFacts } from './facts.ts'
import type { Gap } from './unjudged.ts'

/** An image as checks that compare architectures see it. */
export interface ComparedImage {
  /** Canonical text, without the Windows build. */
  readonly platform: string
  readonly os: string
  readonly architecture: string
  readonly digest: string
  readonly config: ImageConfig
  readonly layers: NonNullable<ListedImage['layers']>
}

/**
 * The images of an index that may be compared with one another, by operating system: for each platform the entry that
 * clients take, each image once (META-002 tells of twice), what could not be read left out. A single image has none.
 */
export function comparedImages(facts: RegistryFacts): readonly (readonly ComparedImage[])[] {
  const digests = new Set<string>()
  const images = chosenImages(facts).flatMap(({ image, platform }): ComparedImage[] => {
    if (!image.config || !image.layers || digests.has(image.digest)) return []
    digests.add(image.digest)
    const { os, architecture } = canonicalPlatform(platform)
    return [
      {
        platform: platformText(platform),
        os,
        architecture,
        digest: image.digest,
        config: image.config,
        layers: image.layers,
      },
    ]
  })
  return [...Map.groupBy(images, ({ os }) => os).values()]
}

/** The gaps of a check that needs manifest and config of every image. */
export function unreadImages(facts: RegistryFacts): Gap[] {
  return chosenImages(facts).flatMap(({ image, platform }) =>
    image.config && image.layers
      ? []
      : [{ reason: 'image-not-read' as const, platform: platformText(platform) }],
  )
}

/** For each platform of an index the first entry. */
export function chosenImages({ kind, images }: RegistryFacts) {
  if (kind === 'image') return []
  const seen = new Set<string>()
  return images.flatMap((image) => {
    const platform = image.indexPlatform ?? image.configPlatform
    if (!platform || seen.has(platformText(platform))) return []
    seen.add(platformText(platform))
    return [{ image, platform }]
  })
}
