import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lab, startLab } from './lab.ts'
import { readLayout, sampleLayoutFolder } from './layout.ts'
import { ensurePackages } from './prepare.ts'
import { type LabRepository, openRepository } from './repository.ts'
import { seedMany } from './seed-many.ts'
import { type SeededOdd, seedOdd } from './seed-odd.ts'
import { type SeededSample, seedSample } from './seed-sample.ts'

const skipped = (await ensurePackages(['registry'])).reason('registry')

describe.skipIf(skipped !== undefined)(`seeds${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab()
  })
  afterAll(() => lab?.stop())

  describe('power/multiarch-app', () => {
    let sample: SeededSample
    let repository: LabRepository
    beforeAll(async () => {
      sample = await seedSample(lab.registry('open'))
      repository = openRepository(lab.registry('open'), sample.repository)
    })

    test('the registry lists every release, alias and architecture tag', async () => {
      const architectureTags = sample.releases.flatMap((release) => release.architectureTags)
      const seeded = [...sample.releases, ...sample.aliases, ...architectureTags].map(({ tag }) => tag)
      expect(sample.releases).toHaveLength(60)
      expect((await repository.listTags()).toSorted()).toEqual(seeded.toSorted())
    })

    test('the newest release is the committed layout, byte for byte', async () => {
      const layout = await readLayout(sampleLayoutFolder, 'latest')
      expect(sample.newest).toMatchObject({ tag: '1.27.0', digest: layout.digest })
      for (const tag of ['1.27.0', 'latest', '1', '1.27']) {
        expect((await repository.getManifest(tag)).digest).toBe(layout.digest)
      }
    })

    test('linux/ppc64le is missing from 1.18.0 up to 1.24.3 and nowhere else', () => {
      const without = sample.releases.filter(({ platforms }) => !platforms.includes('linux/ppc64le'))
      const first = sample.releases.findIndex(({ version }) => version === sample.lostAt)
      const after = sample.releases.findIndex(({ version }) => version === sample.backAt)
      expect(without).toEqual(sample.releases.slice(first, after))
      expect(without.at(-1)?.version).toBe('1.24.3')
    })

    test('every child of every release is there', async () => {
      const digests = new Set(sample.releases.flatMap(({ children }) => children.map(({ digest }) => digest)))
      const answers = await Promise.all([...digests].map((digest) => repository.getManifest(digest)))
      expect(answers.every(({ status }) => status === 200)).toBe(true)
      expect(digests.size).toBe(sample.releases.flatMap(({ children }) => children).length)
    })

    test('the ppc64le tag of 1.26.0 has moved on since it was joined', async () => {
      const { release, tag, joinedDigest, currentDigest } = sample.moved
      expect(release.children).toContainEqual({ digest: joinedDigest, platform: 'linux/ppc64le' })
      expect(currentDigest).not.toBe(joinedDigest)
      expect((await repository.getManifest(tag)).digest).toBe(currentDigest)
    })
  })

  describe('lab/odd', () => {
    let odd: SeededOdd
    let repository: LabRepository
    beforeAll(async () => {
      odd = await seedOdd(lab.registry('open'))
      repository = openRepository(lab.registry('open'), odd.repository)
    })

    test('every oddity is served with the digest that the seed returned', async () => {
      for (const { tag, digest, companions } of Object.values(odd.tags)) {
        expect(await repository.getManifest(tag), tag).toMatchObject({ status: 200, digest })
        for (const companion of companions) {
          expect((await repository.getManifest(companion.tag)).digest).toBe(companion.digest)
        }
      }
    })

    test('only the sparse index has a child that answers 404', async () => {
      const { sparse, ...others } = odd.tags
      expect(sparse.missing).toEqual([sparse.children[2]?.digest])
      const statuses = await Promise.all(sparse.children.map(({ digest }) => repository.getManifest(digest)))
      expect(statuses.map(({ status }) => status)).toEqual([200, 200, 404, 200])
      for (const { tag, children } of Object.values(others)) {
        const answers = await Promise.all(children.map(({ digest }) => repository.getManifest(digest)))
        expect(
          answers.filter(({ status }) => status !== 200),
          tag,
        ).toEqual([])
      }
    })

    test('config-mismatch says ppc64le in the index and amd64 in the config', async () => {
      const child = odd.tags['config-mismatch'].children.find(({ platform }) => platform === 'linux/ppc64le')
      const manifest = JSON.parse((await repository.getManifest(child?.digest ?? '')).bytes.toString())
      const url = `${lab.registry('open').url}/v2/${odd.repository}/blobs/${manifest.config.digest}`
      expect(await (await fetch(url)).json()).toMatchObject({ os: 'linux', architecture: 'amd64' })
    })

    test('the registry has no referrers API, so clients need the fallback tag', async () => {
      const { digest, companions } = odd.tags['with-referrers']
      const response = await fetch(`${lab.registry('open').url}/v2/${odd.repository}/referrers/${digest}`)
      expect(response.status).toBe(404)
      expect(companions[0]?.tag).toBe(digest.replace(':', '-'))
    })
  })

  test('a thousand tags: distinct indexes over shared children, one in seven without linux/ppc64le', async () => {
    const many = await seedMany(lab.registry('open'))
    const repository = openRepository(lab.registry('open'), many.repository)
    expect((await repository.listTags()).toSorted()).toEqual(many.tags.map(({ tag }) => tag).toSorted())
    expect(new Set(many.tags.map(({ digest }) => digest)).size).toBe(1_000)
    expect(many.withoutPower).toHaveLength(143)
    for (const { tag, digest } of [many.tags[0], many.tags[500], many.tags[999]].flatMap(
      (each) => each ?? [],
    )) {
      expect(await repository.getManifest(tag)).toMatchObject({ status: 200, digest })
      const { manifests } = JSON.parse((await repository.getManifest(digest)).bytes.toString())
      expect(manifests).toHaveLength(many.withoutPower.includes(tag) ? 3 : 4)
    }
  })
})
