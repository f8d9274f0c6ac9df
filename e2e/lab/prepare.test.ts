import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { ensurePackages, labPackages } from './prepare.ts'

let folder: string | undefined
afterEach(async () => {
  vi.unstubAllEnvs()
  if (folder !== undefined) await rm(folder, { recursive: true })
  folder = undefined
})

/** With an empty PATH nothing is here, and no apt-get to install it. */
async function onBareMachine(): Promise<void> {
  folder = await mkdtemp(path.join(os.tmpdir(), 'archway-bare-'))
  vi.stubEnv('PATH', folder)
}

test('a machine that cannot install says what each feature needs', async () => {
  await onBareMachine()
  vi.stubEnv('CI', '')
  const readiness = await ensurePackages(['basic'])
  expect(readiness.missing.map(({ name }) => name)).toEqual([
    'docker-registry',
    'util-linux',
    'apache2-utils',
  ])
  expect(readiness.reason('token')).toContain('docker-registry')
  expect(readiness.reason('basic')).toBe(
    'needs docker-registry, util-linux, apache2-utils (apt-get install docker-registry util-linux apache2-utils)',
  )
})

test('with CI set nothing may be skipped', async () => {
  await onBareMachine()
  vi.stubEnv('CI', 'true')
  await expect(ensurePackages(['registry'])).rejects.toThrow('Missing: docker-registry util-linux')
})

test('every feature needs something', () => {
  const features = new Set(labPackages.flatMap((each) => each.features))
  expect([...features].toSorted()).toEqual([
    'basic',
    'browser',
    'engine',
    'junit',
    'layers',
    'peers',
    'podman',
    'registry',
    'ssh',
    'systems',
    'token',
  ])
})
