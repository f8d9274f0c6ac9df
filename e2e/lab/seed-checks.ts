import type { CheckedImage } from './checks/checked-image.ts'
import { cleanImages } from './checks/clean-images.ts'
import { tagStories } from './checks/tag-stories.ts'
import { wrongImages } from './checks/wrong-images.ts'
import type { LabRegistry } from './registry.ts'
import { openRepository } from './repository.ts'
import { pushTag, type SeededTag } from './seeded.ts'

/** A tag with what the checks must find in it, nothing more and nothing less. */
export interface SeededCheck extends SeededTag {
  readonly says: string
  /** `CODE` or `CODE platform`, sorted. */
  readonly finds: readonly string[]
  /** `CODE` of checks that could not look at something of the image itself. */
  readonly unjudged: readonly string[]
}

/** What `seedChecks` pushed. */
export interface SeededChecks {
  /** `lab/checks`: one tag a fault. */
  readonly wrong: Readonly<Record<keyof typeof wrongImages, SeededCheck>>
  /** `lab/clean`: one tag a make, with no fault at all. */
  readonly clean: Readonly<Record<keyof typeof cleanImages, SeededCheck>>
  /** `lab/checks-…`: tags that are judged beside one another. */
  readonly stories: readonly SeededCheck[]
}

/** Pushes images for every check that needs no layer: what it must find, and what it must let be. */
export async function seedChecks(registry: LabRegistry): Promise<SeededChecks> {
  const clean = Object.fromEntries(
    Object.entries(cleanImages).map(([tag, image]) => [tag, { ...image, finds: [] }]),
  )
  const [wrong, right, stories] = await Promise.all([
    pushAll(registry, 'lab/checks', wrongImages),
    pushAll(registry, 'lab/clean', clean),
    pushStories(registry),
  ])
  return {
    wrong: wrong as SeededChecks['wrong'],
    clean: right as SeededChecks['clean'],
    stories,
  }
}

async function pushAll(
  registry: LabRegistry,
  name: string,
  images: Readonly<Record<string, CheckedImage>>,
): Promise<Record<string, SeededCheck>> {
  const repository = openRepository(registry, name)
  const seeded: Record<string, SeededCheck> = {}
  for (const [tag, { says, finds, unjudged = [], build, deleted }] of Object.entries(images)) {
    const manifest = build()
    seeded[tag] = { ...(await pushTag(repository, tag, manifest)), says, finds, unjudged }
    for (const digest of deleted?.(manifest) ?? []) await repository.deleteManifest(digest)
  }
  return seeded
}

async function pushStories(registry: LabRegistry): Promise<SeededCheck[]> {
  const seeded = await Promise.all(
    Object.entries(tagStories()).map(async ([name, { says, tags }]) => {
      const repository = openRepository(registry, `lab/${name}`)
      const pushed: SeededCheck[] = []
      for (const { tag, manifest, finds } of tags) {
        pushed.push({ ...(await pushTag(repository, tag, manifest)), says, finds, unjudged: [] })
      }
      return pushed
    }),
  )
  return seeded.flat()
}
