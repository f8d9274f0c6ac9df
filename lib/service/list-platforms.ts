import type { ImageResponse } from '#lib/api/image.ts'
import { isArtifact, type Manifest } from '#lib/oci/manifest.ts'
import { comparePlatformTexts, platformKey, platformText } from '#lib/oci/platform.ts'
import { formatReference, formatRepository, parseReference, withDefaultTag } from '#lib/oci/reference.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import type { ServiceContext } from './context.ts'
import { effectivePlatform, imagePlatformDto } from './image-platform-dto.ts'
import { readImageContent } from './read-image-content.ts'
import type { IndexContent } from './read-index-content.ts'
import { resolveReference } from './resolve-reference.ts'

/** What a reference holds, for who does not ask what describes it. */
export type ImagePlatforms = Pick<ImageResponse, 'reference' | 'repository' | 'platforms'>

/**
 * The platforms of a reference with their configs and layers, as `inspectImage` tells them, for fewer requests: neither
 * attestations nor referrers are asked for, and nothing is judged. Throws as that does.
 */
export async function listPlatforms(
  context: ServiceContext,
  ref: string,
  options: CallOptions = {},
): Promise<ImagePlatforms> {
  const reference = withDefaultTag(parseReference(ref))
  const source = context.openSource(reference.repository)
  const resolved = await resolveReference(source, reference, context.now, options)
  const content = await readImageContent(source, resolved, options)
  return {
    reference: formatReference(reference),
    repository: formatRepository(reference.repository),
    platforms: platformRows(resolved.manifest, content),
  }
}

/** Whether a reference is no image: an artifact, or a list of nothing but artifacts, as of referrers or of charts. */
export function holdsArtifacts(manifest: Manifest, { images, attestations, others }: IndexContent): boolean {
  const onlyOthers = images.length === 0 && attestations.length === 0 && others.length > 0
  return isArtifact(manifest) || (onlyOthers && others.every((other) => other.reason === 'artifact'))
}

/** Rows in the fixed order; entries of one platform stay in the index's order, all after the first are shadowed. */
export function platformRows(manifest: Manifest, content: IndexContent): ImageResponse['platforms'] {
  if (holdsArtifacts(manifest, content)) return []
  const seen = new Set<string>()
  const rows = content.images.map((image) => {
    const key = platformKey(effectivePlatform(image))
    const shadowed = seen.has(key)
    seen.add(key)
    return { text: platformText(effectivePlatform(image)), row: imagePlatformDto(image, shadowed) }
  })
  return rows.sort((a, b) => comparePlatformTexts(a.text, b.text)).map((entry) => entry.row)
}
