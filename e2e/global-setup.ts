import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startDashboard } from './lab/dashboard.ts'
import { startEngine } from './lab/engine.ts'
import { startLab } from './lab/lab.ts'
import { labLogin } from './lab/login.ts'
import { ensurePackages } from './lab/prepare.ts'
import type { LabRegistry } from './lab/registry.ts'
import { seedDiff } from './lab/seed-diff.ts'
import { seedMany } from './lab/seed-many.ts'
import { seedMatrix } from './lab/seed-matrix.ts'
import { seedOdd } from './lab/seed-odd.ts'
import { seedPrivate } from './lab/seed-private.ts'
import { seedRunImages } from './lab/seed-run-images.ts'
import { seedSample } from './lab/seed-sample.ts'
import type { World } from './specs/world.ts'

/**
 * Starts the lab and an engine, fills the registries, and starts the built dashboard with an empty data folder. The specs find
 * everything in the file that WORLD_FILE names. Answers what ends it all again, each process by its pid.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { missing } = await ensurePackages(['registry', 'basic', 'token', 'browser', 'engine'])
  if (missing.length > 0) throw new Error(`Missing packages: ${missing.map(({ name }) => name).join(' ')}`)
  const stack = new AsyncDisposableStack()
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-e2e-'))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const [lab, engine] = await bothOf(
      stack,
      startLab({ registries: ['open', 'basic', 'token'] }),
      startEngine(),
    )
    const [open, basic, token] = [lab.registry('open'), lab.registry('basic'), lab.registry('token')]
    await writeDockerConfig(path.join(folder, 'docker'), token)
    const dashboard = stack.use(
      await startDashboard({ dataDir: folder, env: { DOCKER_HOST: engine.dockerHost } }),
    )
    const world: World = {
      dashboardUrl: dashboard.url,
      engineHost: engine.dockerHost,
      sample: await seedSample(open),
      diff: await seedDiff(open),
      matrix: await seedMatrix(open),
      odd: await seedOdd(open),
      runImages: await seedRunImages(open),
      many: await seedMany(open, { repository: 'lab/many' }),
      huge: await seedMany(open, { repository: 'lab/huge', count: 20_000 }),
      loggedIn: await seedPrivate(token),
      loggedOut: await seedPrivate(basic),
    }
    const file = path.join(folder, 'world.json')
    await writeFile(file, JSON.stringify(world))
    process.env.WORLD_FILE = file
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
  return () => stack.disposeAsync()
}

/** Starts two at once; when one fails, the other is ended with the stack. */
async function bothOf<A extends AsyncDisposable, B extends AsyncDisposable>(
  stack: AsyncDisposableStack,
  first: Promise<A>,
  second: Promise<B>,
): Promise<readonly [A, B]> {
  const started = await Promise.allSettled([
    first.then((a) => stack.use(a)),
    second.then((b) => stack.use(b)),
  ])
  for (const each of started) if (each.status === 'rejected') throw each.reason
  return [await first, await second]
}

/** As `docker login` leaves it. */
async function writeDockerConfig(folder: string, registry: LabRegistry): Promise<void> {
  const auth = Buffer.from(`${labLogin.username}:${labLogin.password}`).toString('base64')
  await mkdir(folder)
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }))
}
