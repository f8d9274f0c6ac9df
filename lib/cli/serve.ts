import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { stopAll } from '#lib/config/at-stop.ts'
import { assertMayListen } from '#lib/config/listen-policy.ts'
import { loadConfig } from '#lib/config/load-config.ts'
import { thisPlace } from '#lib/config/place.ts'
import { parseSettings, type Settings } from '#lib/config/settings.ts'
import { isExpired } from '#lib/coverage/policy.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { lockDataDir } from '#lib/store/data-lock.ts'
import { startDashboard } from './dashboard.ts'
import { complain, print } from './output.ts'
import { runCommand } from './run-command.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')

/** Adds `archway serve`: the dashboard and the API, until SIGINT or SIGTERM. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the dashboard and the API (settings: HOST, PORT, ARCHWAY_…)')
    .action(() => runCommand({}, serve))
}

async function serve(signal: AbortSignal): Promise<number> {
  const settings = parseSettings(process.env, thisPlace(PROJECT_ROOT))
  assertMayListen(settings)
  // A fault in archway.yaml is told here, not to the first who opens a page.
  const { policy } = loadConfig(settings.configFile)
  assertBuilt()
  await makeDataDir(settings.dataDir)
  lockDataDir(settings.dataDir)
  adoptPaths(settings)
  const dashboard = await startDashboard(settings, PROJECT_ROOT)
  const expired = policy.exceptions.filter((exception) => isExpired(exception, new Date()))
  for (const { check, repository, expires } of expired)
    complain(`archway: the exception for ${check} on ${repository} expired on ${expires}`)
  print(`Archway is at ${dashboard.url}`, `Data lives in ${settings.dataDir}`)
  await until(signal)
  await Promise.all([stopAll(), dashboard.close()])
  return 0
}

/**
 * The dashboard lives in Archway's own folder and reads the environment again; relative paths in it meant the
 * folder we were called from.
 */
function adoptPaths(settings: Settings): void {
  process.env.ARCHWAY_DATA = settings.dataDir
  process.env.DOCKER_CONFIG = settings.dockerConfigDir
  process.env.ARCHWAY_CONFIG = settings.configFile ?? ''
  process.env.ARCHWAY_CA_FILES = settings.caFiles.join(path.delimiter)
  process.env.ARCHWAY_LAYOUT_ROOTS = settings.layoutRoots.join(path.delimiter)
  process.chdir(PROJECT_ROOT)
}

function assertBuilt(): void {
  if (existsSync(path.join(PROJECT_ROOT, '.next', 'BUILD_ID'))) return
  throw new AppError('not_found', 'The dashboard has not been built yet.', {
    hint: 'Run “npm start” once; it builds what is lacking.',
  })
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new AppError('store_unavailable', `The data folder ${dataDir} cannot be made.`, {
      hint: 'Set ARCHWAY_DATA to a folder that you may write to.',
      cause: error,
    })
  }
}

/** Waits for the stop. A terminal and npm both pass Ctrl-C on: the second must not cut what the first let end. */
function until(signal: AbortSignal): Promise<void> {
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {})
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
