import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanImages } from '#e2e/lab/checks/clean-images.ts'
import { tagStories } from '#e2e/lab/checks/tag-stories.ts'
import { wrongImages } from '#e2e/lab/checks/wrong-images.ts'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { type SeededCheck, type SeededChecks, seedChecks } from '#e2e/lab/seed-checks.ts'
import { type OddTag, type SeededOdd, seedOdd } from '#e2e/lab/seed-odd.ts'
import { type SeededSample, seedSample } from '#e2e/lab/seed-sample.ts'
import type { ImageResponse } from '#lib/api/image.ts'
import type { ServiceContext } from '#lib/service/context.ts'
import { inspectImage } from '#lib/service/inspect-image.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import type { Sources } from '#lib/source/open-sources.ts'
import { openLabSources } from './lab-sources.ts'

const skipped = (await ensurePackages(['registry'])).reason('registry')

/** What the checks must find in the oddities; nothing in those that are not named. */
const ODDITIES: Readonly<Partial<Record<OddTag, readonly string[]>>> = {
  'config-mismatch': ['META-001 linux/ppc64le'],
  'wrong-binary': ['META-003'],
  'version-skew': ['META-006 linux/ppc64le'],
  'missing-platform': ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'].map(
    (p) => `COV-005 ${p}`,
  ),
  duplicate: ['COV-005 linux/ppc64le'],
  'same-digest': ['META-001 linux/ppc64le', 'META-002'],
  'variant-power9': ['META-004 linux/ppc64le/power9'],
  'arm64-variants': ['COV-005 linux/arm64'],
  nested: ['COV-005'],
}
/** A check of the image alone answers in a fraction of a second; the rest is a busy machine's. */
const ANSWERS_WITHIN_MS = 5_000

describe.skipIf(skipped !== undefined)(`checks${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  let lab: Lab
  let sources: Sources
  let context: ServiceContext
  let home: string
  let seeded: SeededChecks
  let odd: SeededOdd
  let sample: SeededSample
  beforeAll(async () => {
    lab = await startLab()
    home = await mkdtemp(path.join(os.tmpdir(), 'archway-checks-'))
    ;({ sources, context } = openContext(home))
    seeded = await seedChecks(lab.registry('open'))
    odd = await seedOdd(lab.registry('open'))
    sample = await seedSample(lab.registry('open'))
  })
  afterAll(async () => {
    await sources?.close()
    await lab?.stop()
    await rm(home, { recursive: true, force: true })
  })

  const inspect = (ref: string) => inspectImage(context, { ref, checks: 'all' })

  /** The image's own gaps: what has nothing earlier to be compared with is not among them. */
  function gapsOf({ unjudged = [] }: ImageResponse): readonly string[] {
    const own = unjudged.filter(({ reason }) => reason !== 'nothing-earlier')
    return [...new Set(own.flatMap(({ codes }) => codes))].sort()
  }
  async function expectJust({ reference, finds, unjudged }: SeededCheck): Promise<void> {
    const image = await inspect(reference)
    expect(codesOf(image)).toEqual(finds)
    expect(gapsOf(image)).toEqual(unjudged)
  }

  describe('find just what is wrong', () => {
    it.each(Object.keys(wrongImages) as (keyof typeof wrongImages)[])('%s', (tag) =>
      expectJust(seeded.wrong[tag]),
    )
  })

  describe('find nothing in an image that is as it should be', () => {
    it.each(Object.keys(cleanImages) as (keyof typeof cleanImages)[])('%s', (tag) =>
      expectJust(seeded.clean[tag]),
    )
    it('the newest release of the sample', async () => {
      const image = await inspect(sample.newest.reference)
      expect(codesOf(image)).toEqual([])
      expect(image.unjudged).toEqual([])
    })
  })

  describe('compare tags', () => {
    it.each(Object.keys(tagStories()))('%s', async (name) => {
      const tags = seeded.stories.filter(({ reference }) => reference.includes(`/${name}:`))
      expect(tags.length).toBeGreaterThan(1)
      for (const each of tags) await expectJust(each)
    })
    it('find what the sample’s release lost, and by what cause it is known', async () => {
      const lost = sample.releases.find(({ version }) => version === sample.lostAt)
      const image = await inspect(lost?.reference ?? '')
      expect(image.findings).toMatchObject([
        { code: 'COV-002', platform: 'linux/ppc64le', evidence: { baseline: '1.17.1' } },
      ])
    })
  })

  it('find in the oddities what is odd for them, and nothing else', async () => {
    for (const [tag, { reference }] of Object.entries(odd.tags)) {
      expect(codesOf(await inspect(reference)), tag).toEqual(ODDITIES[tag as OddTag] ?? [])
    }
  })

  it('answer when an image is opened, cold, without keeping anybody waiting', async () => {
    const images = Object.values(seeded.clean)
    const cold = openContext(home)
    const startedAt = performance.now()
    for (const { reference } of images) {
      const { findings, checked } = await inspectImage(cold.context, { ref: reference })
      expect({ findings, looked: (checked ?? []).length > 0 || reference.endsWith(':single') }).toEqual({
        findings: [],
        looked: true,
      })
    }
    expect((performance.now() - startedAt) / images.length).toBeLessThan(ANSWERS_WITHIN_MS)
    await cold.sources.close()
  })
})

function codesOf({ findings }: ImageResponse): readonly string[] {
  return findings.map(({ code, platform }) => (platform === undefined ? code : `${code} ${platform}`)).sort()
}

/** Sources that have seen nothing yet. */
function openContext(home: string): { readonly sources: Sources; readonly context: ServiceContext } {
  const now = () => new Date()
  const sources = openLabSources({ home })
  return {
    sources,
    context: { openSource: sources.open, listings: new TagListings(sources.open, now), now },
  }
}
