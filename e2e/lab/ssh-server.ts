import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { startProcess } from './process.ts'

/** A real `sshd` on loopback, with keys of its own. */
export interface SshServer extends AsyncDisposable {
  readonly port: number
  /** Who may log in, by the key that `configFile` names. */
  readonly user: string
  /** An `ssh_config` of somebody who knows the server's key and may log in. */
  readonly configFile: string
  /** The same with something else in it: `UserKnownHostsFile` of nobody, another key. */
  configWith(name: string, options: Readonly<Record<string, string>>): Promise<string>
  /** Names of options' values: `key`, `other-key`, `known_hosts`, `other_hosts`, `no_hosts`. */
  file(name: string): string
}

/** What may differ between two servers. */
export interface SshServerOptions {
  /** In place of what those who log in find in PATH. */
  readonly path?: string
}

const READY_MS = 10_000
const POLL_MS = 20

/** Starts it; it ends with this process. Throws with its log when it does not come up. */
export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-ssh-'))
  const file = (name: string) => path.join(folder, name)
  const port = await freePort()
  const user = os.userInfo().username
  for (const name of ['host', 'other-host', 'key', 'other-key'])
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', file(name)])
  const [host = '', otherHost = '', key = ''] = await Promise.all(
    ['host.pub', 'other-host.pub', 'key.pub'].map((name) => readFile(file(name), 'utf8')),
  )
  await writeFile(file('authorized_keys'), key, { mode: 0o600 })
  await writeFile(file('known_hosts'), `[127.0.0.1]:${port} ${host}`)
  await writeFile(file('other_hosts'), `[127.0.0.1]:${port} ${otherHost}`)
  await writeFile(file('no_hosts'), '')
  await writeFile(file('sshd_config'), serverConfig(folder, port, options))
  // Where sshd separates privileges; its package makes it when the machine starts.
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const server = await startProcess('/usr/sbin/sshd', ['-D', '-e', '-f', file('sshd_config')], file('log'))
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const configWith: SshServer['configWith'] = async (name, more) => {
    const all = { IdentityFile: file('key'), UserKnownHostsFile: file('known_hosts'), ...more }
    const common = ['IdentitiesOnly yes', 'IdentityAgent none', 'GlobalKnownHostsFile /dev/null']
    const lines = [...common, ...Object.entries(all).map(([option, value]) => `${option} ${value}`)]
    await writeFile(file(name), `${lines.join('\n')}\n`)
    return file(name)
  }
  const deadline = Date.now() + READY_MS
  while (!(await isListening(port))) {
    if (server.exited || Date.now() > deadline) {
      const log = await readFile(file('log'), 'utf8')
      await stop()
      throw new Error(`sshd did not come up: ${log}`)
    }
    await sleep(POLL_MS)
  }
  const configFile = await configWith('ssh_config', {})
  return { port, user, configFile, configWith, file, [Symbol.asyncDispose]: stop }
}

function serverConfig(folder: string, port: number, options: SshServerOptions): string {
  const lines = [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${path.join(folder, 'host')}`,
    `AuthorizedKeysFile ${path.join(folder, 'authorized_keys')}`,
    `PidFile ${path.join(folder, 'pid')}`,
    'AuthenticationMethods publickey',
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM no',
    // Many calls at once, each a connection of its own.
    'MaxStartups 100',
    'AllowTcpForwarding no',
    `SetEnv PATH=${options.path ?? process.env.PATH}`,
  ]
  return `${lines.join('\n')}\n`
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
