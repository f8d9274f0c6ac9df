import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { labLogin } from '#e2e/lab/login.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import type { LabRegistry } from '#e2e/lab/registry.ts'
import { seedMany } from '#e2e/lab/seed-many.ts'
import { type SeededOdd, seedOdd } from '#e2e/lab/seed-odd.ts'
import { type SeededPrivate, seedPrivate } from '#e2e/lab/seed-private.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { decodeManifest } from '#lib/oci/manifest.ts'
import type { ImageSource } from '#lib/source/image-source.ts'
import { createDockerCredentialStore } from '#lib/source/registry/credentials.ts'
import { createRegistryOpener, type RegistryOpener } from '#lib/source/registry/registry-opener.ts'

const readiness = await ensurePackages(['registry', 'basic', 'token'])
const skipped = readiness.reason('registry') ?? readiness.reason('basic') ?? readiness.reason('token')

describe.skipIf(skipped !== undefined)(`registries${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  let lab: Lab
  let odd: SeededOdd
  let basic: SeededPrivate
  let token: SeededPrivate
  beforeAll(async () => {
    lab = await startLab({ registries: ['open', 'basic', 'token'] })
    odd = await seedOdd(lab.registry('open'))
    basic = await seedPrivate(lab.registry('basic'))
    token = await seedPrivate(lab.registry('token'))
  })
  afterAll(() => lab?.stop())

  /** What `docker login` would have left: a folder with config.json, and helpers on the PATH. */
  let folder = ''
  let opener: RegistryOpener
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'archway-docker-config-'))
    lab.tokenServer.clearRequests()
    lab.tokenServer.configure({ expiresInSeconds: 300, validForSeconds: 300, delayMs: 0 })
    opener = createRegistryOpener({
      addressPolicy: { servesLoopbackOnly: true, allowHosts: [] },
      insecureHosts: [],
      caCertificates: [],
      proxy: {},
      userAgent: 'archway-test',
      credentials: createDockerCredentialStore({
        configFile: path.join(folder, 'config.json'),
        helperEnvironment: { PATH: `${folder}:${process.env.PATH}` },
      }),
    })
  })
  afterEach(async () => {
    await opener.close()
    await rm(folder, { recursive: true })
  })

  const open = (registry: LabRegistry, repository: string): ImageSource =>
    opener.open({ kind: 'registry', registry: registry.host, path: repository })
  const writeConfig = (config: unknown) => writeFile(path.join(folder, 'config.json'), JSON.stringify(config))
  const logIn = ({ host }: LabRegistry, password = labLogin.password) =>
    writeConfig({ auths: { [host]: { auth: btoa(`${labLogin.username}:${password}`) } } })

  async function writeHelper(name: string, script: string): Promise<void> {
    const file = path.join(folder, `docker-credential-${name}`)
    await writeFile(file, `#!/bin/sh\necho "$1 $(cat)" >> "${folder}/asked"\n${script}\n`)
    await chmod(file, 0o755)
  }

  async function listed(source: ImageSource): Promise<string[]> {
    const tags: string[] = []
    for await (const page of source.listTags()) tags.push(...page)
    return tags
  }

  describe('open', () => {
    test('tags, heads, manifests and configs are what was pushed', async () => {
      const source = open(lab.registry('open'), odd.repository)
      const tags = await listed(source)
      expect(tags).toEqual(expect.arrayContaining(Object.keys(odd.tags)))
      for (const { tag, digest } of Object.values(odd.tags)) {
        expect((await source.headManifest(tag)).digest).toBe(digest)
        const { bytes, contentType } = await source.getManifest(tag)
        const manifest = decodeManifest(bytes, contentType, tag)
        expect(await source.getManifest(digest)).toMatchObject({ digest, bytes })
        if (manifest.kind === 'image') {
          expect(await source.getBlob(manifest.config, 1 << 20)).toHaveLength(manifest.config.sizeBytes)
        }
      }
      expect(await source.credentialKey()).toBe('anonymous')
      expect(source.quota()).toBeUndefined()
    })

    test('a child that a sparse index lists is not there, and that is told by name', async () => {
      const { missing } = odd.tags.sparse
      const digest = parseDigest(missing[0] ?? '')
      await expect(open(lab.registry('open'), odd.repository).getManifest(digest)).rejects.toMatchObject({
        code: 'manifest_unknown',
        message: expect.stringContaining(digest),
      })
    })

    test('referrers are found by the fallback tag: this registry has no API for them', async () => {
      const source = open(lab.registry('open'), odd.repository)
      const { digest } = odd.tags['with-referrers']
      const { via, descriptors } = await source.listReferrers(parseDigest(digest))
      expect(via).toBe('tag')
      expect(descriptors.map(({ artifactType }) => artifactType)).toEqual(
        expect.arrayContaining([expect.stringContaining('sigstore')]),
      )
      const without = parseDigest(`sha256:${'0'.repeat(64)}`)
      expect(await source.listReferrers(without)).toEqual({ via: 'none', descriptors: [] })
    })

    test('what is not there', async () => {
      const source = open(lab.registry('open'), odd.repository)
      await expect(source.getManifest('no-such-tag')).rejects.toMatchObject({ code: 'manifest_unknown' })
      await expect(source.headManifest('no-such-tag')).rejects.toMatchObject({ code: 'manifest_unknown' })
      await expect(listed(open(lab.registry('open'), 'no/such'))).rejects.toMatchObject({
        code: 'repository_unknown',
      })
      const digest = parseDigest(`sha256:${'0'.repeat(64)}`)
      const descriptor = { mediaType: '', digest, sizeBytes: 5, annotations: {} }
      await expect(source.getBlob(descriptor, 100)).rejects.toMatchObject({ code: 'blob_unknown' })
    })
  })

  describe('Basic login', () => {
    test('docker login is enough', async () => {
      await logIn(lab.registry('basic'))
      const source = open(lab.registry('basic'), 'private/app')
      expect(await listed(source)).toEqual([basic.private.tag])
      expect((await source.getManifest(basic.private.tag)).digest).toBe(basic.private.digest)
      expect(await source.credentialKey()).toMatch(/^[0-9a-f]{16}$/)
    })

    test('without one, it says how to', async () => {
      const { host } = lab.registry('basic')
      await expect(listed(open(lab.registry('basic'), 'private/app'))).rejects.toMatchObject({
        code: 'unauthorised',
        message: expect.stringContaining('anonymously'),
        hint: expect.stringContaining(`docker login ${host}`),
      })
    })

    test('a wrong password is told with where it came from; the right one then works at once', async () => {
      await logIn(lab.registry('basic'), 'wrong')
      const source = open(lab.registry('basic'), 'private/app')
      await expect(listed(source)).rejects.toMatchObject({
        code: 'unauthorised',
        message: expect.stringContaining('config.json'),
      })
      await logIn(lab.registry('basic'))
      await expect.poll(() => listed(source).catch(() => []), { timeout: 10_000 }).toHaveLength(1)
    })

    test('a credential helper is asked once', async () => {
      const secret = JSON.stringify({ Username: labLogin.username, Secret: labLogin.password })
      await writeHelper('lab', `echo '${secret}'`)
      const { host } = lab.registry('basic')
      await writeConfig({ credHelpers: { [host]: 'lab' } })
      const source = open(lab.registry('basic'), 'private/app')
      await Promise.all([listed(source), source.getManifest(basic.private.tag), source.credentialKey()])
      expect(await readFile(path.join(folder, 'asked'), 'utf8')).toBe(`get ${host}\n`)
    })

    test('a helper that fails is named', async () => {
      await writeHelper('lab', 'exit 3')
      await writeConfig({ credsStore: 'lab' })
      await expect(listed(open(lab.registry('basic'), 'private/app'))).rejects.toMatchObject({
        code: 'credentials_unavailable',
        message: expect.stringContaining('docker-credential-lab'),
      })
    })
  })

  describe('token login', () => {
    const app = () => open(lab.registry('token'), 'private/app')

    test('anonymous users read what is public', async () => {
      const source = open(lab.registry('token'), 'public/app')
      expect(await listed(source)).toEqual([token.public.tag])
      expect((await source.getManifest(token.public.tag)).digest).toBe(token.public.digest)
      expect(lab.tokenServer.requests).toHaveLength(1)
      expect(lab.tokenServer.requests[0]?.username).toBeUndefined()
    })

    test('anonymous users get a token for less than they asked, and are told to sign in', async () => {
      await expect(listed(app())).rejects.toMatchObject({
        code: 'unauthorised',
        message: expect.stringContaining('anonymously'),
      })
    })

    test('docker login is enough', async () => {
      await logIn(lab.registry('token'))
      const source = app()
      expect(await listed(source)).toEqual([token.private.tag])
      const { bytes, contentType } = await source.getManifest(token.private.tag)
      const index = decodeManifest(bytes, contentType, 'the sample')
      if (index.kind !== 'index') expect.unreachable('the sample is an index')
      for (const child of index.children) await source.getManifest(child.digest)
      expect(lab.tokenServer.requests).toMatchObject([{ username: labLogin.username, status: 200 }])
    })

    test('a wrong password is told', async () => {
      await logIn(lab.registry('token'), 'wrong')
      await expect(listed(app())).rejects.toMatchObject({
        code: 'unauthorised',
        message: expect.stringContaining('config.json'),
      })
    })

    test('forty requests at once share one token', async () => {
      await logIn(lab.registry('token'))
      lab.tokenServer.configure({ delayMs: 300 })
      const source = app()
      await Promise.all(Array.from({ length: 40 }, () => source.getManifest(token.private.tag)))
      expect(lab.tokenServer.requests).toHaveLength(1)
    })

    test('an expired token is renewed without a word', async () => {
      await logIn(lab.registry('token'))
      // The registry forgives a minute: this token ends in about three seconds, and says five minutes.
      lab.tokenServer.configure({ validForSeconds: -57 })
      const source = app()
      await source.getManifest(token.private.tag)
      lab.tokenServer.configure({ validForSeconds: 300 })
      const renewed = async () => {
        await source.getManifest(token.private.tag)
        return lab.tokenServer.requests.length
      }
      await expect.poll(renewed, { timeout: 20_000, interval: 200 }).toBe(2)
    })

    test('a token that never works is told, not asked for without end', async () => {
      await logIn(lab.registry('token'))
      lab.tokenServer.configure({ validForSeconds: -600 })
      await expect(listed(app())).rejects.toMatchObject({ code: 'unauthorised' })
      expect(lab.tokenServer.requests).toHaveLength(1)
    })
  })

  test('a registry stopped in the middle is told quickly, and works again after a start', async () => {
    const registry = lab.registry('open')
    const { repository, tags } = await seedMany(registry, { count: 400, repository: 'lab/stopped' })
    const source = open(registry, repository)
    expect(await listed(source)).toHaveLength(400)
    let stopping: Promise<void> | undefined
    const started = performance.now()
    const outcomes = await Promise.allSettled(
      tags.map(async ({ tag }) => {
        const found = await source.getManifest(tag, { background: true })
        stopping ??= registry.stop()
        return found
      }),
    )
    await stopping
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(failures.length).toBeGreaterThan(0)
    expect(failures.length).toBeLessThan(400)
    for (const failure of failures) {
      expect(failure).toMatchObject({
        code: 'registry_unavailable',
        message: expect.stringContaining(registry.host),
      })
    }
    expect(performance.now() - started).toBeLessThan(20_000)
    await expect(listed(source)).rejects.toMatchObject({
      code: 'registry_unavailable',
      hint: expect.stringContaining('that the registry runs'),
    })
    await registry.start()
    expect(await listed(source)).toHaveLength(400)
  })
})
