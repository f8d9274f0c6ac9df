import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { defineCheck, type Report } from './define-check.ts'
import type { Finding } from './finding.ts'
import type { ImageSet, SetImage } from './image-set.ts'

/**
 * META-003 with the layers read: a layer that images for several architectures share holds binaries of one. An error:
 * all but one of them get programs that do not run there.
 */
export const meta003Layers = defineCheck<ImageSet>(
  'META-003',
  ({ images }) => sharedGroups(images).flatMap((group) => judgeGroup(group) ?? []),
  ({ images }) => images.flatMap(({ gaps }) => gaps),
)

/** What only suspected a shared base, without what the layers have settled since: proven or disproved. */
export function withoutSettledBases<
  F extends Pick<Finding, 'severity' | 'evidence'> & { readonly code: string },
>(findings: readonly F[], { images }: ImageSet): F[] {
  const settled = new Set(
    images.filter(({ layers }) => layers.every(({ content }) => content)).map(({ digest }) => digest),
  )
  return findings.filter(({ code, severity, evidence: { digests } }) => {
    const isSuspicion = code === 'META-003' && severity === 'warning' && Array.isArray(digests)
    return !isSuspicion || !digests.every((digest) => settled.has(String(digest)))
  })
}

/** Images whose lowest layer is the same, where they are for several architectures of one system. */
function sharedGroups(images: readonly SetImage[]): SetImage[][] {
  const once = [...new Map(images.map((image) => [image.digest, image])).values()]
  const withLayers = once.filter(({ layers }) => layers.length > 0)
  const groups = Map.groupBy(
    withLayers,
    ({ platform, layers }) => `${canonicalPlatform(platform).os} ${layers[0]?.identity}`,
  )
  return [...groups.values()].filter(
    (group) => new Set(group.map(({ platform }) => canonicalPlatform(platform).architecture)).size > 1,
  )
}

function judgeGroup(group: readonly SetImage[]): Report | undefined {
  const [first] = group
  for (const [position, layer] of (first?.layers ?? []).entries()) {
    const isShared = group.every(({ layers }) => layers[position]?.identity === layer.identity)
    if (!isShared) return undefined
    const machines = Object.entries(layer.content?.machines ?? {})
    const [found, count] = machines[0] ?? []
    if (machines.length !== 1 || found === undefined) continue
    return {
      severity: 'error',
      evidence: {
        layer: layer.digest,
        platforms: group.map(({ platform }) => platformText(platform)),
        digests: group.map(({ digest }) => digest),
        because: 'holds-binaries',
        cause: layer.content?.isSystem ? 'pinned-base' : 'built-once',
        found,
        count,
        paths: layer.content?.paths ?? [],
      },
    }
  }
  return undefined
}
