import { withoutArchitecture } from '#lib/diff/architecture-words.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import type { ImageSet, SetImage } from './image-set.ts'

/** A package over all images of one system. */
export interface ComparedPackage {
  readonly name: string
  readonly type: string
  /** Each version, or several joined by commas, with who has it. */
  readonly versions: readonly { readonly version: string; readonly platforms: readonly string[] }[]
  /** Platforms without it. */
  readonly missing: readonly string[]
}

const COMPARED = new Set(['dpkg', 'apk', 'rpm', 'python', 'npm'])

/**
 * Packages by manager and name, architectures' names taken out, over the images that could be read whole. Compared are
 * images of one operating system; a manager that an image does not have at all is another base, and not compared.
 */
export function comparedPackages({ images }: ImageSet): ComparedPackage[] {
  const whole = [...new Map(images.map((image) => [image.digest, image])).values()].filter(
    ({ packageGaps }) => packageGaps.length === 0,
  )
  return [...Map.groupBy(whole, ({ platform }) => canonicalPlatform(platform).os).values()].flatMap(compare)
}

function compare(images: readonly SetImage[]): ComparedPackage[] {
  const found = new Map<string, { name: string; type: string; by: Map<SetImage, Set<string>> }>()
  const having = new Map<string, Set<SetImage>>()
  for (const image of images) {
    const { architecture } = canonicalPlatform(image.platform)
    for (const { type, name, version } of image.packages) {
      if (!COMPARED.has(type)) continue
      having.set(type, (having.get(type) ?? new Set()).add(image))
      const key = `${type} ${withoutArchitecture(name, architecture)}`
      const known = found.get(key) ?? { name, type, by: new Map<SetImage, Set<string>>() }
      known.by.set(image, (known.by.get(image) ?? new Set()).add(version.replace(/\+b\d+$/, '')))
      found.set(key, known)
    }
  }
  return [...found.values()].flatMap(({ name, type, by }): ComparedPackage[] => {
    const compared = images.filter((image) => having.get(type)?.has(image))
    if (compared.length < 2) return []
    const versions = Map.groupBy(by.keys(), (image) => [...(by.get(image) ?? [])].sort().join(', '))
    return [
      {
        name,
        type,
        versions: [...versions].map(([version, group]) => ({ version, platforms: texts(group) })),
        missing: texts(compared.filter((image) => !by.has(image))),
      },
    ]
  })
}

function texts(images: readonly SetImage[]): string[] {
  return images.map(({ platform }) => platformText(platform))
}
