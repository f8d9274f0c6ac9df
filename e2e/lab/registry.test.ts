import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonBlob } from './blob.ts'
import { type Lab, startLab } from './lab.ts'
import { basicAuthorization, labLogin } from './login.ts'
import { manifestAccept } from './media-type.ts'
import { ensurePackages } from './prepare.ts'
import { openRepository } from './repository.ts'
import { seedPrivate } from './seed-private.ts'

const readiness = await ensurePackages(['registry', 'basic'])
const skipped = readiness.reason('registry') ?? readiness.reason('basic')

describe.skipIf(skipped !== undefined)(`registries${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab({ registries: ['open', 'basic'] })
  })
  afterAll(() => lab?.stop())

  test('a stopped registry refuses connections and comes back with its content at the same address', async () => {
    const registry = lab.registry('open')
    const pushed = await seedPrivate(registry)
    const repository = openRepository(registry, 'public/app')
    await registry.stop()
    expect(registry.running).toBe(false)
    await expect(repository.getManifest(pushed.public.tag)).rejects.toThrow('fetch failed')
    await registry.start()
    expect(await repository.getManifest(pushed.public.tag)).toMatchObject({
      status: 200,
      digest: pushed.public.digest,
    })
  })

  test('the registry refuses an index whose children are absent, so nothing odd gets in unnoticed', async () => {
    const index = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: `sha256:${'0'.repeat(64)}`,
          size: 7,
          platform: { os: 'linux', architecture: 'ppc64le' },
        },
      ],
    }
    const repository = openRepository(lab.registry('open'), 'lab/refused')
    const push = repository.putManifest(jsonBlob(index.mediaType, index), 'absent')
    await expect(push).rejects.toThrow('MANIFEST_BLOB_UNKNOWN')
  })

  test.each([
    ['without a login', undefined, 401],
    ['with a wrong password', { ...labLogin, password: 'wrong' }, 401],
    ['with the login', labLogin, 200],
  ])('basic registry %s', async (_, login, status) => {
    const { host } = lab.registry('basic')
    const pushed = await seedPrivate(lab.registry('basic'))
    const response = await fetch(`http://${host}/v2/private/app/manifests/${pushed.private.tag}`, {
      headers: { accept: manifestAccept, ...(login && { authorization: basicAuthorization(login) }) },
    })
    expect(response.status).toBe(status)
  })

  test('what was not asked for is not there', () => {
    expect(() => lab.registry('token')).toThrow('startLab was not asked for the token registry')
    expect(() => lab.tokenServer).toThrow('startLab was not asked for the token server')
  })
})
