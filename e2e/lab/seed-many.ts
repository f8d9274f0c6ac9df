import { buildIndex } from './index-manifest.ts'
import type { LabRegistry } from './registry.ts'
import { readSampleLayers } from './sample-layers.ts'
import { buildSampleRelease, sampleEpochSeconds } from './sample-release.ts'
import type { SeededRepository } from './seeded.ts'
import { type StoredManifest, writeManifests } from './storage.ts'

/** What to seed. */
export interface ManyOptions {
  /** How many tags; 1,000 when absent. */
  readonly count?: number
  /** `lab/many` when absent. */
  readonly repository?: string
}

/** What `seedMany` pushed. */
export interface SeededMany extends SeededRepository {
  /** In version order: `0.0.1`, `0.0.2`, … `0.1.0`, … `1.0.0`. */
  readonly tags: readonly { readonly tag: string; readonly digest: string }[]
  /** The tags whose index lacks linux/ppc64le: one in seven, from the first on. */
  readonly withoutPower: readonly string[]
}

const powerLostEvery = 7

/**
 * Fills a repository with tags on distinct indexes over the same four children, so that each tag costs a
 * reader one request. By `storage.ts`: 1,000 tags take a fraction of a second, 20,000 a few seconds.
 */
export async function seedMany(registry: LabRegistry, options: ManyOptions = {}): Promise<SeededMany> {
  const { count = 1_000, repository = 'lab/many' } = options
  const { children } = buildSampleRelease(await readSampleLayers(), 'many', sampleEpochSeconds)
  const withoutPower = children.filter((child) => child.platform?.architecture !== 'ppc64le')

  const stored: (StoredManifest & { tag: string; lost: boolean })[] = []
  for (let number = 1; number <= count; number++) {
    const tag = `${Math.floor(number / 1_000)}.${Math.floor(number / 10) % 100}.${number % 10}`
    const lost = number % powerLostEvery === 1
    const annotations = { 'org.opencontainers.image.version': tag }
    const manifest = buildIndex({ children: lost ? withoutPower : children, annotations })
    stored.push({ tag, lost, manifest, tags: [tag] })
  }
  await writeManifests(registry, repository, stored)
  return {
    repository,
    reference: registry.reference(repository),
    tags: stored.map(({ tag, manifest }) => ({ tag, digest: manifest.digest })),
    withoutPower: stored.filter(({ lost }) => lost).map(({ tag }) => tag),
  }
}
