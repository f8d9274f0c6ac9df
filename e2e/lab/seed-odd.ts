import PQueue from 'p-queue'
import { oddCompanions } from './odd/companions.ts'
import { oddContents } from './odd/contents.ts'
import { makeOddKit, type Oddity } from './odd/oddity.ts'
import { oddPlatforms } from './odd/platforms.ts'
import { oddShapes } from './odd/shapes.ts'
import type { LabRegistry } from './registry.ts'
import { type LabRepository, openRepository } from './repository.ts'
import { readSampleLayers } from './sample-layers.ts'
import type { SampleLayers } from './sample-release.ts'
import { pushTag, type SeededRepository, type SeededTag } from './seeded.ts'

const oddities = { ...oddContents, ...oddPlatforms, ...oddShapes, ...oddCompanions }

/** The name of an oddity, which is its tag. */
export type OddTag = keyof typeof oddities

/** One oddity in the registry. */
export interface SeededOddity extends SeededTag {
  /** What is odd, in one sentence. */
  readonly says: string
  /** Tags pushed beside it: `sha256-HEX` (referrers) and `sha256-HEX.sig`. */
  readonly companions: readonly SeededTag[]
  /** Digests that the index lists and the registry does not have. */
  readonly missing: readonly string[]
}

/** What `seedOdd` pushed. */
export interface SeededOdd extends SeededRepository {
  readonly tags: Readonly<Record<OddTag, SeededOddity>>
}

const repositoryName = 'lab/odd'
const pushesInFlight = 8

/** Pushes one tag for each oddity to `lab/odd`; the registry itself has accepted every one of them. */
export async function seedOdd(registry: LabRegistry): Promise<SeededOdd> {
  const repository = openRepository(registry, repositoryName)
  const layers = await readSampleLayers()
  const queue = new PQueue({ concurrency: pushesInFlight })
  const seeded = await queue.addAll(
    Object.entries<Oddity>(oddities).map(([tag, oddity]) => async () => {
      return [tag, await pushOddity(repository, layers, tag, oddity)] as const
    }),
  )
  return {
    repository: repositoryName,
    reference: registry.reference(repositoryName),
    tags: Object.fromEntries(seeded) as Record<OddTag, SeededOddity>,
  }
}

async function pushOddity(
  repository: LabRepository,
  layers: SampleLayers,
  tag: string,
  oddity: Oddity,
): Promise<SeededOddity> {
  const { manifest, companions = [], deleted = [] } = oddity.build(makeOddKit(tag, layers))
  const pushed = await pushTag(repository, tag, manifest)
  const described = await Promise.all(
    companions.map((companion) => pushTag(repository, companion.tag, companion.manifest)),
  )
  for (const child of deleted) await repository.deleteManifest(child.digest)
  return {
    ...pushed,
    says: oddity.says,
    companions: described,
    missing: deleted.map((child) => child.digest),
  }
}
