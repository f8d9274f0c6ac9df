import { type BuiltManifest, platformText, type WirePlatform } from './manifest.ts'
import type { LabRegistry } from './registry.ts'
import type { LabRepository } from './repository.ts'

/** A child as its index describes it, true or not. */
export interface SeededChild {
  readonly digest: string
  /** `os/architecture[/variant]`; absent when the index does not say. */
  readonly platform?: string
}

/** A tag that a seed pushed. */
export interface SeededTag {
  readonly tag: string
  /** `host/repository:tag` */
  readonly reference: string
  /** What the tag points at. */
  readonly digest: string
  /** In the order of the index; none when the tag is no index. */
  readonly children: readonly SeededChild[]
  /** What the index, or the one image, claims, in order; `unknown/unknown` is left out. */
  readonly platforms: readonly string[]
}

/** A repository that a seed filled. */
export interface SeededRepository {
  readonly repository: string
  /** `host/repository` */
  readonly reference: string
}

/** Pushes a manifest under a tag and says what was pushed. */
export async function pushTag(
  repository: LabRepository,
  tag: string,
  manifest: BuiltManifest,
): Promise<SeededTag> {
  await repository.push(manifest, tag)
  return describeTag(repository.registry, repository.name, tag, manifest)
}

/** Says what a tag is, without pushing it. */
export function describeTag(
  registry: LabRegistry,
  repository: string,
  tag: string,
  manifest: BuiltManifest,
): SeededTag {
  const children = childrenOf(manifest)
  const claimed = manifest.platform === undefined ? [] : [platformText(manifest.platform)]
  const platforms = [...claimed, ...children.flatMap((child) => child.platform ?? [])]
  return {
    tag,
    reference: registry.reference(repository, tag),
    digest: manifest.digest,
    children,
    platforms: platforms.filter((platform) => platform !== 'unknown/unknown'),
  }
}

function childrenOf(manifest: BuiltManifest): readonly SeededChild[] {
  const body: { manifests?: readonly { digest: string; platform?: WirePlatform }[] } = JSON.parse(
    manifest.bytes.toString(),
  )
  return (body.manifests ?? []).map(({ digest, platform }) => ({
    digest,
    ...(platform !== undefined && { platform: platformText(platform) }),
  }))
}
