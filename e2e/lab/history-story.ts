import { buildIndex } from './index-manifest.ts'
import type { Lab } from './lab.ts'
import { openRepository } from './repository.ts'
import { buildRunImage } from './run-images/run-image.ts'
import { readSampleLayers } from './sample-layers.ts'
import { buildSampleImage, sampleEpochSeconds, sampleVersion } from './sample-release.ts'
import { pushTag } from './seeded.ts'

/** What a platform of the story is: the sample, or a program of another architecture. */
export type StoryPlatform = 'amd64' | 'ppc64le' | 's390x' | 'wrong-ppc64le'

/** The tags of the story as they are pushed first: ppc64le goes wrong at 1.1, s390x is gone at 1.2. */
export const STORY = {
  '1.0': ['amd64', 'ppc64le', 's390x'],
  '1.1': ['amd64', 'wrong-ppc64le', 's390x'],
  '1.2': ['amd64', 'ppc64le'],
} as const satisfies Readonly<Record<string, readonly StoryPlatform[]>>

/** A repository whose releases get better and worse, in a lab’s open registry. */
export async function openHistoryStory(lab: Lab) {
  const repository = openRepository(lab.registry('open'), 'lab/story')
  const layers = await readSampleLayers()
  const child = (platform: StoryPlatform) =>
    platform === 'wrong-ppc64le'
      ? {
          manifest: buildRunImage('amd64-inside', 'ppc64le'),
          platform: { os: 'linux', architecture: 'ppc64le' },
        }
      : {
          manifest: buildSampleImage(layers, platform, sampleVersion, sampleEpochSeconds),
          platform: { os: 'linux', architecture: platform },
        }
  return {
    /** Points a tag at an index of these platforms; answers its reference. */
    async push(tag: string, platforms: readonly StoryPlatform[]): Promise<string> {
      return (await pushTag(repository, tag, buildIndex({ children: platforms.map(child) }))).reference
    },
  }
}
