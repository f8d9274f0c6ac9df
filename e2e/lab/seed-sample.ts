import type { BuiltManifest } from './manifest.ts'
import type { LabRegistry } from './registry.ts'
import { openRepository } from './repository.ts'
import {
  architecturesOf,
  backAt,
  daySeconds,
  isSince,
  lostAt,
  releasedAt,
  sampleVersions,
} from './sample-history.ts'
import { readSampleLayers } from './sample-layers.ts'
import { buildSampleImage, buildSampleRelease, type SampleLayers, sampleVersion } from './sample-release.ts'
import { describeTag, type SeededRepository, type SeededTag } from './seeded.ts'
import { writeManifests } from './storage.ts'

/** One release of the sample: an index, and from 1.25.0 on also its images under `TAG-ARCH`. */
export interface SeededRelease extends SeededTag {
  readonly version: string
  /** ISO 8601, UTC. */
  readonly created: string
  /** `1.27.0-amd64` and so on; empty before 1.25.0, which was built in one go. */
  readonly architectureTags: readonly SeededTag[]
}

/** What `seedSample` pushed. */
export interface SeededSample extends SeededRepository {
  /** Sixty releases, oldest first. */
  readonly releases: readonly SeededRelease[]
  readonly newest: SeededRelease
  /** `latest`, `1` and `1.27`, all on the newest release. */
  readonly aliases: readonly SeededTag[]
  /** The first release without linux/ppc64le. */
  readonly lostAt: '1.18.0'
  /** The first release that has it again. */
  readonly backAt: '1.25.0'
  /** The release whose `TAG-ppc64le` was built again after it was joined. */
  readonly moved: {
    readonly release: SeededRelease
    readonly tag: string
    /** The ppc64le image in the index. */
    readonly joinedDigest: string
    /** Where `tag` points now. */
    readonly currentDigest: string
  }
}

const repositoryName = 'power/multiarch-app'
const movedVersion = '1.26.0'

/** A release before it is in a registry. */
interface BuiltRelease {
  readonly version: string
  readonly index: BuiltManifest
  /** The images that got a tag of their own. */
  readonly images: readonly { readonly tag: string; readonly image: BuiltManifest }[]
}

/** Writes the sample's release history, every image runnable, to `power/multiarch-app`. */
export async function seedSample(registry: LabRegistry): Promise<SeededSample> {
  const layers = await readSampleLayers()
  const built = sampleVersions.map((version) => buildRelease(layers, version))
  const newestIndex = buildRelease(layers, sampleVersion).index
  const aliases = ['latest', '1', '1.27']
  await writeManifests(
    registry,
    repositoryName,
    built.flatMap(({ version, index, images }) => [
      ...images.map(({ tag, image }) => ({ manifest: image, tags: [tag] })),
      { manifest: index, tags: version === sampleVersion ? [version, ...aliases] : [version] },
    ]),
  )

  const seeded = (tag: string, manifest: BuiltManifest) =>
    describeTag(registry, repositoryName, tag, manifest)
  const releases = built.map(({ version, index, images }) => ({
    ...seeded(version, index),
    version,
    created: new Date(releasedAt(version) * 1_000).toISOString(),
    architectureTags: images.map(({ tag, image }) => seeded(tag, image)),
  }))
  return {
    repository: repositoryName,
    reference: registry.reference(repositoryName),
    releases,
    newest: releaseOf(releases, sampleVersion),
    aliases: aliases.map((tag) => seeded(tag, newestIndex)),
    lostAt,
    backAt,
    moved: await rebuildPower(registry, layers, releaseOf(releases, movedVersion)),
  }
}

function buildRelease(layers: SampleLayers, version: string): BuiltRelease {
  const index = buildSampleRelease(layers, version, releasedAt(version), architecturesOf(version))
  const tagged = isSince(version, backAt) ? index.children : []
  const images = tagged.map((image) => ({ tag: `${version}-${image.platform?.architecture}`, image }))
  return { version, index, images }
}

/** A build of one architecture that comes after the index was joined, by an ordinary push. */
async function rebuildPower(
  registry: LabRegistry,
  layers: SampleLayers,
  release: SeededRelease,
): Promise<SeededSample['moved']> {
  const tag = `${release.version}-ppc64le`
  const joined = release.architectureTags.find((each) => each.tag === tag)
  if (joined === undefined) throw new Error(`${release.version} has no ${tag}`)
  const builtAt = releasedAt(release.version) + daySeconds
  const rebuilt = buildSampleImage(layers, 'ppc64le', release.version, builtAt)
  await openRepository(registry, repositoryName).push(rebuilt, tag)
  return { release, tag, joinedDigest: joined.digest, currentDigest: rebuilt.digest }
}

function releaseOf(releases: readonly SeededRelease[], version: string): SeededRelease {
  const found = releases.find((release) => release.version === version)
  if (found === undefined) throw new Error(`No release ${version}`)
  return found
}
