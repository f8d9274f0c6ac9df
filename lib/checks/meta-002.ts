import { platformKey } from '#lib/oci/platform.ts'
import { unreadImages } from './compared-images.ts'
import { defineCheck, type Report } from './define-check.ts'
import type { ListedImage, RegistryFacts } from './facts.ts'

/**
 * META-002: two platforms of an index share one manifest or one config. Entries of the same platform are COV-005's.
 * Configs shared because the manifests are shared are told once, as the manifest.
 */
export const meta002 = defineCheck<RegistryFacts>(
  'META-002',
  (facts) => {
    const labelled = facts.images.filter((image) => image.indexPlatform !== undefined)
    const byManifest = shared(labelled, 'manifest', (image) => image.digest)
    const told = new Set(byManifest.map((report) => report.evidence.digest))
    const rest = labelled.filter((image) => !told.has(image.digest))
    return [...byManifest, ...shared(rest, 'config', (image) => image.configDigest)]
  },
  unreadImages,
)

function shared(
  images: readonly ListedImage[],
  what: 'manifest' | 'config',
  digestOf: (image: ListedImage) => string | undefined,
): Report[] {
  const platforms = new Map<string, Set<string>>()
  for (const image of images) {
    const digest = digestOf(image)
    if (digest === undefined || !image.indexPlatform) continue
    const sharing = platforms.get(digest) ?? new Set()
    platforms.set(digest, sharing.add(platformKey(image.indexPlatform)))
  }
  return [...platforms].flatMap(([digest, sharing]) =>
    sharing.size > 1 ? [{ evidence: { what, digest, platforms: [...sharing].sort() } }] : [],
  )
}
