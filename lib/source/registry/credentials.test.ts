import { chmod, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askCredentialHelper } from './credential-helper.ts'
import { createDockerCredentialStore } from './credentials.ts'

let folder = ''
let nowMs = 0
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'archway-credentials-'))
  nowMs = 1_000_000
})
afterEach(() => rm(folder, { recursive: true }))

const configFile = () => path.join(folder, 'config.json')
const environment = () => ({ PATH: `${folder}:/usr/bin:/bin` })
const store = () =>
  createDockerCredentialStore({
    configFile: configFile(),
    helperEnvironment: environment(),
    clock: { now: () => nowMs },
  })
const writeConfig = (config: unknown) => writeFile(configFile(), JSON.stringify(config))
const login = (user: string, password = 'pw') => ({ auth: btoa(`${user}:${password}`) })

/** Puts a helper on the PATH that notes what it was asked. */
async function helper(name: string, script: string) {
  const file = path.join(folder, `docker-credential-${name}`)
  await writeFile(file, `#!/bin/sh\necho "$1 $(cat)" >> "${folder}/asked"\n${script}\n`)
  await chmod(file, 0o755)
}
const asked = async () => (await readFile(path.join(folder, 'asked'), 'utf8')).trim().split('\n')

describe('the file', () => {
  test('is not there: anonymous', async () => {
    expect(await store().lookup('quay.io', 'a')).toEqual({ kind: 'anonymous', key: 'anonymous' })
  })

  test('is read again when it changes, appears or goes', async () => {
    const credentials = store()
    const user = async () => {
      nowMs += 2_000
      const found = await credentials.lookup('quay.io', 'a')
      return found.kind === 'anonymous' ? found.kind : found.username
    }
    expect(await user()).toBe('anonymous')
    await writeConfig({ auths: { 'quay.io': login('one') } })
    expect(await user()).toBe('one')
    await writeConfig({ auths: { 'quay.io': login('two') } })
    await utimes(configFile(), new Date(5_000), new Date(5_000))
    expect(await user()).toBe('two')
    await rm(configFile())
    expect(await user()).toBe('anonymous')
  })

  test('broken is an error, and mended is fine', async () => {
    const credentials = store()
    await writeFile(configFile(), '{')
    await expect(credentials.lookup('quay.io', 'a')).rejects.toMatchObject({
      code: 'credentials_unavailable',
    })
    await writeConfig({})
    nowMs += 2_000
    expect(await credentials.lookup('quay.io', 'a')).toMatchObject({ kind: 'anonymous' })
  })

  test('a folder in its place, or a huge one, is an error', async () => {
    const other = createDockerCredentialStore({ configFile: folder, helperEnvironment: {} })
    await expect(other.lookup('quay.io', 'a')).rejects.toMatchObject({ code: 'credentials_unavailable' })
    await writeFile(configFile(), ' '.repeat((1 << 20) + 1))
    await expect(store().lookup('quay.io', 'a')).rejects.toMatchObject({ code: 'credentials_unavailable' })
  })
})

describe('keys name a credential without telling it', () => {
  test('equal for equal logins, different for another password, user or host', async () => {
    await writeConfig({
      auths: {
        a: login('u'),
        b: login('u'),
        'c/one': login('u'),
        'c/two': login('u', 'x'),
        'c/three': login('v'),
      },
    })
    const credentials = store()
    const key = async (host: string, repository: string) => (await credentials.lookup(host, repository)).key
    const keys = await Promise.all([
      key('a', 'x'),
      key('b', 'x'),
      key('c', 'one'),
      key('c', 'two'),
      key('c', 'three'),
    ])
    expect(new Set(keys).size).toBe(5)
    expect(await key('a', 'y')).toBe(keys[0])
    expect(keys.every((text) => /^[0-9a-f]{16}$/.test(text))).toBe(true)
  })
})

describe('helpers', () => {
  const answer = (user: string, secret = 's3cret') =>
    `echo '${JSON.stringify({ ServerURL: 'x', Username: user, Secret: secret })}'`

  test('are asked with get and the server URL, once for several look-ups', async () => {
    await helper('keys', answer('u'))
    await writeConfig({ credsStore: 'keys' })
    const credentials = store()
    const found = await Promise.all([
      credentials.lookup('docker.io', 'library/nginx'),
      credentials.lookup('docker.io', 'library/redis'),
    ])
    expect(found[0]).toMatchObject({ kind: 'basic', username: 'u', password: 's3cret' })
    expect(found[0]).toMatchObject({ source: expect.stringContaining('docker-credential-keys') })
    await credentials.lookup('docker.io', 'library/nginx')
    expect(await asked()).toEqual(['get https://index.docker.io/v1/'])
    nowMs += 61_000
    await credentials.lookup('docker.io', 'library/nginx')
    expect(await asked()).toHaveLength(2)
  })

  test('may answer with an identity token', async () => {
    await helper('keys', answer('<token>', 'tok'))
    await writeConfig({ credHelpers: { 'acr.example': 'keys' } })
    expect(await store().lookup('acr.example', 'a')).toMatchObject({ kind: 'identity-token', token: 'tok' })
  })

  test('that know nothing leave it to the file', async () => {
    await helper('keys', 'echo "credentials not found in native keychain"; exit 1')
    await writeConfig({ credsStore: 'keys', auths: { 'quay.io': login('file') } })
    const credentials = store()
    expect(await credentials.lookup('quay.io', 'a')).toMatchObject({ username: 'file' })
    expect(await credentials.lookup('ghcr.io', 'a')).toMatchObject({ kind: 'anonymous' })
  })

  test.each([
    ['fails', 'echo "gpg: s3cret"; exit 2', /exit code 2/],
    ['prints no JSON', 'echo s3cret', /not a login/],
    ['prints another shape', `echo '{"Secret":"s3cret"}'`, /not a login/],
    ['prints an empty secret', answer('u', ''), /not a login/],
    ['floods', 'head -c 200000 /dev/zero', /64 KiB/],
    ['is killed', 'kill -9 $$', /SIGKILL/],
  ])('that %s are named, and what they print is not', async (_, script, reason) => {
    await helper('keys', script)
    await writeConfig({ credsStore: 'keys' })
    const error = await store()
      .lookup('quay.io', 'a')
      .catch((caught: Error) => caught)
    expect(error).toMatchObject({ code: 'credentials_unavailable', message: expect.stringMatching(reason) })
    expect(error).toMatchObject({ message: expect.stringContaining('docker-credential-keys') })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('s3cret')
  })

  test('that are not installed are named', async () => {
    await writeConfig({ credsStore: 'desktop' })
    await expect(store().lookup('quay.io', 'a')).rejects.toMatchObject({
      message: expect.stringMatching(/docker-credential-desktop.*not installed/),
    })
  })

  test('that wait for a person are ended, with what they started', async () => {
    await helper('keys', `sleep 60 & echo $! > "${folder}/pid"; wait`)
    const started = performance.now()
    await expect(
      askCredentialHelper({ name: 'keys', serverUrl: 'x' }, environment(), 300),
    ).rejects.toMatchObject({ message: expect.stringContaining('did not answer') })
    expect(performance.now() - started).toBeLessThan(30_000)
    const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8'))
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  test('may end without reading what they are told', async () => {
    const file = path.join(folder, 'docker-credential-deaf')
    await writeFile(file, `#!/bin/sh\nexec 0<&-\n${answer('u')}\n`)
    await chmod(file, 0o755)
    expect(await askCredentialHelper({ name: 'deaf', serverUrl: 'x' }, environment())).toMatchObject({
      username: 'u',
    })
  })

  test.each(['../evil', 'a/b', 'a b', '', 'a;b', 'x'.repeat(101), '..'])(
    'the name %j is refused',
    async (name) => {
      await expect(askCredentialHelper({ name, serverUrl: 'x' }, environment())).rejects.toMatchObject({
        message: expect.stringContaining('name'),
      })
    },
  )
})

async function isRunning(pid: number): Promise<boolean> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8')
    return !/\) Z /.test(status)
  } catch {
    return false
  }
}
