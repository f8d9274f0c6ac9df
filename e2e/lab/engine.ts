import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { registerEmulators } from './emulators.ts'
import {
  answersPing,
  clearAbandonedEngines,
  clearEngineFolder,
  endProcesses,
  engineFolderPrefix,
} from './engine-remains.ts'
import { type LabProcess, startProcess } from './process.ts'

/** A real Docker Engine of this laboratory alone, without a network of its own. */
export interface LabEngine extends AsyncDisposable {
  readonly socketPath: string
  /** What `DOCKER_HOST` takes. */
  readonly dockerHost: string
  readonly folder: string
  readonly pid: number
  readonly running: boolean
  /** Runs the real `docker` command against it and answers what it printed. */
  docker(...args: readonly string[]): Promise<string>
  /** Starts it again with what it had. Nothing happens when it runs. */
  start(): Promise<void>
  /** SIGTERM, as a service manager does; its content stays. */
  halt(): Promise<void>
  /** Ends it, its containers and mounts, and removes its folder. May be called twice. */
  stop(): Promise<void>
}

/** What may differ between two engines. */
export interface LabEngineOptions {
  /** In a network namespace of its own, with nothing in it: this machine's loopback is not the engine's. */
  readonly isolated?: boolean
  /** Listens on loopback too, for those who show a certificate: `dockerd --tlsverify`. */
  readonly tls?: EngineTlsFiles
}

/** PEM files by which `dockerd --tlsverify` listens, and where. */
export interface EngineTlsFiles {
  readonly port: number
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const readyTimeoutMs = 30_000
const pollMs = 50

/**
 * Starts a Docker Engine that runs amd64, arm64, arm, ppc64le and s390x. Registries on loopback are asked without TLS.
 * Throws with the engine's log when it does not come up. It ends with this process.
 */
export async function startEngine(options: LabEngineOptions = {}): Promise<LabEngine> {
  await clearAbandonedEngines()
  await registerEmulators()
  const folder = await mkdtemp(await engineFolderPrefix())
  const socketPath = path.join(folder, 'docker.sock')
  const dockerHost = `unix://${socketPath}`
  let daemon: LabProcess
  try {
    daemon = await launch(folder, socketPath, options)
  } catch (error) {
    await clearEngineFolder(folder)
    throw error
  }
  const stop = async () => {
    await daemon.stop()
    await clearEngineFolder(folder)
  }
  return {
    socketPath,
    dockerHost,
    folder,
    get pid() {
      return daemon.pid
    },
    get running() {
      return !daemon.exited
    },
    async docker(...args) {
      const env = { ...process.env, DOCKER_HOST: dockerHost, DOCKER_CONFIG: path.join(folder, 'client') }
      return (await promisify(execFile)('docker', args, { env, maxBuffer: 64 << 20 })).stdout
    },
    async start() {
      if (!daemon.exited) return
      await endProcesses(folder)
      // Where process 1 reaps nobody, a dead containerd still has its number, and the daemon would wait for it.
      await rm(path.join(folder, 'exec/containerd/containerd.pid'), { force: true })
      daemon = await launch(folder, socketPath, options)
    },
    halt: () => daemon.stop(),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function launch(
  folder: string,
  socketPath: string,
  { isolated = false, tls }: LabEngineOptions,
): Promise<LabProcess> {
  const logFile = path.join(folder, 'log')
  const daemon = await startProcess(
    isolated ? 'unshare' : 'dockerd',
    [
      ...(isolated ? ['--net', 'dockerd'] : []),
      ...['--host', `unix://${socketPath}`, '--pidfile', path.join(folder, 'docker.pid')],
      ...['--data-root', path.join(folder, 'data'), '--exec-root', path.join(folder, 'exec')],
      ...tlsArguments(tls),
      // Docker waits 5 s more before each further one.
      '--max-download-attempts=2',
      // No bridge, and the machine's packet filter stays as it is.
      ...['--iptables=false', '--ip6tables=false', '--bridge=none', '--log-level=warn'],
    ],
    logFile,
  )
  const deadline = Date.now() + readyTimeoutMs
  while (!daemon.exited && Date.now() < deadline) {
    if (await answersPing(socketPath)) return daemon
    await sleep(pollMs)
  }
  await daemon.stop()
  throw new Error(`The engine did not come up: ${await readFile(logFile, 'utf8')}`)
}

function tlsArguments(tls: EngineTlsFiles | undefined): readonly string[] {
  if (tls === undefined) return []
  return [
    ...['--host', `tcp://127.0.0.1:${tls.port}`, '--tlsverify'],
    ...['--tlscacert', tls.ca, '--tlscert', tls.cert, '--tlskey', tls.key],
  ]
}
