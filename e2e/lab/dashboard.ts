import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** The built dashboard in a process of its own, as `npm start` ends up running it. */
export interface RunningDashboard extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly pid: number
  /** Its data folder; kept over `stop` when the caller gave it, else gone after it. */
  readonly dataDir: string
  /** Ends the process (SIGTERM, or the signal given) and waits for it. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** What may differ between two dashboards of a test. */
export interface DashboardOptions {
  /** A temporary folder when absent. */
  readonly dataDir?: string
  /** 0, any free one, when absent. */
  readonly port?: number
  /** Over this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const STARTED_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 20_000

/** Starts the dashboard that `next build` left in `.next`. Throws with its output when it does not come up. */
export async function startDashboard(options: DashboardOptions = {}): Promise<RunningDashboard> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'archway-data-')))
  const child = spawn(process.execPath, ['lib/cli/main.ts', 'serve'], {
    cwd: PROJECT_ROOT,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(options.port ?? 0),
      ARCHWAY_DATA: dataDir,
      DOCKER_CONFIG: path.join(dataDir, 'docker'),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killed = () => child.kill('SIGKILL')
  process.once('exit', killed)
  const lines: string[] = []
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const timer = setTimeout(() => reject(new Error('too slow')), STARTED_WITHIN_MS)
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      if (lines.length < 200) lines.push(line)
      const url = /^Archway is at (http\S+)$/.exec(line)?.[1]
      if (url) resolve(url)
    })
  }
  child.once('exit', () => reject(new Error('it ended')))
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    process.off('exit', killed)
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill(signal)
      const hardly = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS)
      await gone
      clearTimeout(hardly)
    }
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const url = await promise
    return { url, pid: child.pid ?? 0, dataDir, stop, [Symbol.asyncDispose]: () => stop() }
  } catch (error) {
    await stop()
    throw new Error(`The dashboard did not come up (${(error as Error).message}):\n${lines.join('\n')}`)
  } finally {
    clearTimeout(timer)
  }
}
