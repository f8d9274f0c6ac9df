import { buildIndex } from './index-manifest.ts'
import type { LabRegistry } from './registry.ts'
import { openRepository } from './repository.ts'
import { programArchitectures } from './run-images/programs.ts'
import { buildRunImage, type RunImageName, runImageSpecs } from './run-images/run-image.ts'
import { pushTag, type SeededRepository, type SeededTag } from './seeded.ts'

/** Images to run, one tag each, for linux/amd64 and linux/ppc64le. */
export interface SeededRunImages extends SeededRepository {
  readonly tags: Readonly<Record<RunImageName, SeededTag>>
}

/** Fills `lab/run`: images that fail, hang, flood and try what they may not. */
export async function seedRunImages(registry: LabRegistry): Promise<SeededRunImages> {
  const repository = openRepository(registry, 'lab/run')
  const tags: Partial<Record<RunImageName, SeededTag>> = {}
  for (const name of Object.keys(runImageSpecs) as RunImageName[]) {
    const children = programArchitectures.map((architecture) => {
      const manifest = buildRunImage(name, architecture)
      return { manifest, platform: { os: 'linux', architecture } }
    })
    tags[name] = await pushTag(repository, name, buildIndex({ children }))
  }
  return {
    repository: repository.name,
    reference: registry.reference(repository.name),
    tags: tags as Record<RunImageName, SeededTag>,
  }
}
