import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { basicAuthorization, type Login, labLogin } from './login.ts'
import { type LabProcess, startProcess } from './process.ts'
import type { TokenServer } from './token-server.ts'

/** `open` needs no login, `basic` wants a password, `token` sends clients to the token server. */
export type RegistryKind = 'open' | 'basic' | 'token'

/** A real registry (distribution 2.8) on loopback. */
export interface LabRegistry {
  readonly kind: RegistryKind
  /** `127.0.0.1:PORT`, the same after a stop and a start. */
  readonly host: string
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Absent on the open registry. */
  readonly login?: Login
  /** The registry's own folder (`docker/registry/v2` lies inside). */
  readonly storageFolder: string
  readonly running: boolean
  /** `host/repository[:tag]` or `host/repository@digest`. */
  reference(repository: string, tagOrDigest?: string): string
  /** An `Authorization` header that may pull, push and delete in the repository; none when open. */
  authorization(repository: string): string | undefined
  /** Starts it again on the same port with the same content. Nothing happens when it runs. */
  start(): Promise<void>
  /** Ends the process and waits for it; content stays until the lab stops. */
  stop(): Promise<void>
}

const readyTimeoutMs = 10_000
const pollMs = 20
const portAttempts = 3

/** Starts a registry in a folder of its own. Throws with the registry's log when it does not come up. */
export async function startRegistry(
  kind: RegistryKind,
  folder: string,
  tokenServer?: TokenServer,
): Promise<LabRegistry> {
  const storageFolder = path.join(folder, 'storage')
  const logFile = path.join(folder, 'log')
  await mkdir(storageFolder, { recursive: true })
  const auth = await authConfig(kind, folder, tokenServer)
  const launch = async (port: number) => {
    const configFile = path.join(folder, 'config.yml')
    await writeFile(configFile, configYaml(storageFolder, port, auth))
    const started = await startProcess('docker-registry', ['serve', configFile], logFile)
    await untilReady(`http://127.0.0.1:${port}/v2/`, started, logFile)
    return started
  }

  let { port, process } = await onFreePort(launch)
  const host = `127.0.0.1:${port}`
  return {
    kind,
    host,
    url: `http://${host}`,
    ...(kind !== 'open' && { login: labLogin }),
    storageFolder,
    get running() {
      return !process.exited
    },
    reference(repository, tagOrDigest) {
      if (tagOrDigest === undefined) return `${host}/${repository}`
      return `${host}/${repository}${tagOrDigest.startsWith('sha256:') ? '@' : ':'}${tagOrDigest}`
    },
    authorization(repository) {
      if (kind === 'open') return undefined
      if (kind === 'basic') return basicAuthorization(labLogin)
      return `Bearer ${tokenServer?.mint(repository)}`
    },
    async start() {
      if (process.exited) process = await launch(port)
    },
    stop: () => process.stop(),
  }
}

async function onFreePort(launch: (port: number) => Promise<LabProcess>) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return { port, process: await launch(port) }
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('address already in use')
      if (!taken || attempt === portAttempts) throw error
    }
  }
}

async function untilReady(url: string, started: LabProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs
  while (!started.exited && Date.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(readyTimeoutMs) }).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.status === 200 || response?.status === 401) return
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  await started.stop()
  throw new Error(`The registry did not come up: ${await readFile(logFile, 'utf8')}`)
}

async function authConfig(kind: RegistryKind, folder: string, tokenServer?: TokenServer) {
  if (kind === 'open') return undefined
  if (kind === 'basic') {
    const file = path.join(folder, 'htpasswd')
    const { stdout } = await promisify(execFile)('htpasswd', ['-Bbn', labLogin.username, labLogin.password])
    await writeFile(file, stdout)
    return { htpasswd: { realm: 'archway-lab', path: file } }
  }
  if (tokenServer === undefined) throw new Error('The token registry needs a token server')
  const { url, service, issuer, certificateFile } = tokenServer
  return { token: { realm: url, service, issuer, rootcertbundle: certificateFile } }
}

/** JSON, which is YAML too. */
function configYaml(storageFolder: string, port: number, auth: unknown): string {
  return JSON.stringify({
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: storageFolder, maxthreads: 100 },
      delete: { enabled: true },
      cache: { blobdescriptor: 'inmemory' },
    },
    http: { addr: `127.0.0.1:${port}`, secret: 'archway-lab' },
    ...(auth !== undefined && { auth }),
  })
}
