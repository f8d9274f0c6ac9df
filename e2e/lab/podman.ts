import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { registerEmulators } from './emulators.ts'
import {
  answersPing,
  clearAbandonedEngines,
  clearEngineFolder,
  engineFolderPrefix,
} from './engine-remains.ts'
import { type LabProcess, startProcess } from './process.ts'

/** Podman's service, which speaks Docker's API, with a store of its own. */
export interface LabPodman extends AsyncDisposable {
  readonly socketPath: string
  readonly folder: string
  /** Ends it, its containers and mounts, and removes its folder. */
  stop(): Promise<void>
}

const readyTimeoutMs = 30_000
const pollMs = 50

/** Starts Podman's service. Registries on loopback are asked without TLS. Throws with its log when it does not come up. */
export async function startPodman(): Promise<LabPodman> {
  await clearAbandonedEngines()
  await registerEmulators()
  const folder = await mkdtemp(await engineFolderPrefix())
  const socketPath = path.join(folder, 'podman.sock')
  const logFile = path.join(folder, 'log')
  const settings = await writeSettings(folder)
  const service = await startProcess(
    'env',
    // conmon leaves a file where it was started when a container runs out of memory.
    [`--chdir=${folder}`, ...settings, 'podman', 'system', 'service', '--time=0', `unix://${socketPath}`],
    logFile,
  )
  const stop = async () => {
    await service.stop()
    await clearEngineFolder(folder)
  }
  try {
    await untilReady(service, socketPath, logFile)
  } catch (error) {
    await stop()
    throw error
  }
  return { socketPath, folder, stop, [Symbol.asyncDispose]: stop }
}

async function untilReady(service: LabProcess, socketPath: string, logFile: string): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs
  while (!service.exited && Date.now() < deadline) {
    if (await answersPing(socketPath)) return
    await sleep(pollMs)
  }
  throw new Error(`Podman did not come up: ${await readFile(logFile, 'utf8')}`)
}

/** Everything below the folder, no systemd, and limits that a container on a test machine may set. */
async function writeSettings(folder: string): Promise<readonly string[]> {
  const files = {
    CONTAINERS_CONF: `
      [engine]
      runtime = "runc"
      cgroup_manager = "cgroupfs"
      events_logger = "file"
      tmp_dir = "${folder}/tmp"
      [containers]
      default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]`,
    CONTAINERS_STORAGE_CONF: `
      [storage]
      driver = "overlay"
      graphroot = "${folder}/data"
      runroot = "${folder}/run"`,
    CONTAINERS_REGISTRIES_CONF: `
      [[registry]]
      location = "127.0.0.1"
      insecure = true`,
  }
  return Promise.all(
    Object.entries(files).map(async ([variable, text]) => {
      const file = path.join(folder, `${variable.toLowerCase()}.toml`)
      await writeFile(file, text)
      return `${variable}=${file}`
    }),
  )
}
