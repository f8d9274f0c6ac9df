import type { LabRegistry } from './registry.ts'
import { openRepository } from './repository.ts'
import { readSampleLayers } from './sample-layers.ts'
import { buildSampleRelease, sampleEpochSeconds, sampleVersion } from './sample-release.ts'
import { pushTag, type SeededTag } from './seeded.ts'

/** What `seedPrivate` pushed: the sample under one tag in two repositories. */
export interface SeededPrivate {
  /** `private/app`: needs the login on `basic` and `token`. */
  readonly private: SeededTag
  /** `public/app`: anonymous pulls work on `token`, not on `basic`. */
  readonly public: SeededTag
}

/** Pushes the sample to `private/app` and `public/app`. */
export async function seedPrivate(registry: LabRegistry): Promise<SeededPrivate> {
  const index = buildSampleRelease(await readSampleLayers(), sampleVersion, sampleEpochSeconds)
  const push = (name: string) => pushTag(openRepository(registry, name), sampleVersion, index)
  const [privateTag, publicTag] = await Promise.all([push('private/app'), push('public/app')])
  return { private: privateTag, public: publicTag }
}
