import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificates } from '#e2e/lab/certificates.ts'
import { type LabEngine, startEngine } from '#e2e/lab/engine.ts'
import { freePort } from '#e2e/lab/free-port.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { type SshServer, startSshServer } from '#e2e/lab/ssh-server.ts'
import { enginesResponse } from '#lib/api/engines.ts'

const readiness = await ensurePackages(['token', 'engine', 'ssh'])
const reason = readiness.reason('engine') ?? readiness.reason('ssh')
const testTimeoutMs = 120_000
const main = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')

describe.skipIf(reason)(`engines on other machines ${reason ?? ''}`, () => {
  const stack = new AsyncDisposableStack()
  let home: string
  let engine: LabEngine
  let tlsPort: number
  let ssh: SshServer

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'archway-remote-'))
    stack.defer(() => rm(home, { recursive: true, force: true }))
    await makeCertificates(home)
    tlsPort = await freePort()
    const at = (name: string) => path.join(home, name)
    const tls = { port: tlsPort, ca: at('ca.pem'), cert: at('server.pem'), key: at('server.key') }
    engine = stack.use(await startEngine({ tls }))
    ssh = stack.use(await startSshServer())
  }, testTimeoutMs)
  afterAll(() => stack.disposeAsync(), testTimeoutMs)

  async function archway(args: readonly string[], env: Record<string, string>) {
    const child = spawn(process.execPath, [main, ...args], {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: home,
        ARCHWAY_DATA: path.join(home, 'data'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [exitCode] = await ended
    return { exitCode, stdout, stderr }
  }
  async function withConfig(entry: string, args: readonly string[]) {
    const file = path.join(home, 'archway.yaml')
    await writeFile(file, `engines: [{ name: far, ${entry} }]`)
    return archway(args, { ARCHWAY_CONFIG: file })
  }
  const sshAddress = () => `ssh://${ssh.user}@127.0.0.1:${ssh.port}${engine.socketPath}`

  describe('dockerd --tlsverify', () => {
    test('by archway.yaml; a stranger is not let in', { timeout: testTimeoutMs }, async () => {
      const entry = `address: "tcp://localhost:${tlsPort}"`
      const trusted = await withConfig(`${entry}, tls: { ca: ca.pem, cert: cert.pem, key: key.pem }`, [
        'engines',
      ])
      expect(trusted.exitCode, trusted.stdout).toBe(0)
      const stranger = await withConfig(`${entry}, tls: { ca: ca.pem }`, ['engines'])
      expect(stranger.exitCode, stranger.stdout).toBe(3)
      // In TLS 1.3 the server says so after the handshake, and may be gone by then.
      expect(stranger.stdout).toMatch(/do not trust each other|broke the connection off/)
    })

    test('by DOCKER_CERT_PATH, and not without it', { timeout: testTimeoutMs }, async () => {
      const DOCKER_HOST = `tcp://localhost:${tlsPort}`
      const trusted = await archway(['engines'], {
        DOCKER_HOST,
        DOCKER_TLS_VERIFY: '1',
        DOCKER_CERT_PATH: home,
      })
      expect(trusted.exitCode, trusted.stdout).toBe(0)
      const plain = await archway(['engines'], { DOCKER_HOST })
      expect(plain.exitCode, plain.stdout).toBe(3)
    })

    test('whose certificate is of somebody else is not asked', { timeout: testTimeoutMs }, async () => {
      const other = path.join(home, 'other')
      await mkdir(other)
      await makeCertificates(other)
      const env = { DOCKER_HOST: `tcp://localhost:${tlsPort}`, DOCKER_CERT_PATH: other }
      const { exitCode, stdout } = await archway(['engines'], env)
      expect(exitCode).toBe(3)
      expect(stdout).toMatch(/do not trust each other/)
    })
  })

  describe('ssh://', () => {
    const entry = (address: string, config: string) => `address: "${address}", sshConfig: "${config}"`

    test('runs an image there as it does here', { timeout: testTimeoutMs }, async () => {
      const platforms = ['--platform', 'linux/amd64,linux/ppc64le']
      const expected = ['--expect-output', 'Running on {platform}']
      const args = ['validate', 'oci:samples/multiarch-app', ...platforms, ...expected]
      const { exitCode, stdout, stderr } = await withConfig(entry(sshAddress(), ssh.configFile), args)
      expect(exitCode, stdout + stderr).toBe(0)
      expect(stdout).toContain('2 of 2 platforms passed')
      expect((await engine.docker('ps', '--all', '--quiet')).trim()).toBe('')
    })

    test('is shown with what it can run', { timeout: testTimeoutMs }, async () => {
      const { stdout } = await withConfig(entry(sshAddress(), ssh.configFile), ['engines', '--json'])
      const [far] = enginesResponse.parse(JSON.parse(stdout)).engines
      expect(far).toMatchObject({ name: 'far', state: 'ready', address: sshAddress() })
    })

    test.each<[string, () => Promise<string> | string, RegExp]>([
      [
        'a host that nobody knows',
        () => config('strange', { UserKnownHostsFile: ssh.file('no_hosts') }),
        /not known here/,
      ],
      [
        'also where the user would trust anybody',
        () => config('lax', { UserKnownHostsFile: ssh.file('no_hosts'), StrictHostKeyChecking: 'no' }),
        /not known here/,
      ],
      [
        'a host with another key',
        () => config('changed', { UserKnownHostsFile: ssh.file('other_hosts') }),
        /another host key/,
      ],
      [
        'a key that opens nothing',
        () => config('locked', { IdentityFile: ssh.file('other-key') }),
        /does not let this user in/,
      ],
    ])('%s', { timeout: testTimeoutMs }, async (_, configFile, message) => {
      const { exitCode, stdout } = await withConfig(entry(sshAddress(), await configFile()), ['engines'])
      expect(exitCode).toBe(3)
      expect(stdout).toMatch(message)
    })
    const config = (name: string, options: Record<string, string>) => ssh.configWith(name, options)

    test('nobody listens, no docker, no engine: each is told', { timeout: testTimeoutMs }, async () => {
      await using bare = await startSshServer({ path: '/nonexistent' })
      const cases = [
        [`ssh://127.0.0.1:${await freePort()}`, ssh.configFile, /no SSH server listens there/],
        [`ssh://${bare.user}@127.0.0.1:${bare.port}`, bare.configFile, /has no docker command/],
        [`ssh://${ssh.user}@127.0.0.1:${ssh.port}/run/nothing.sock`, ssh.configFile, /no engine runs there/],
      ] as const
      for (const [address, configFile, message] of cases) {
        const { exitCode, stdout } = await withConfig(entry(address, configFile), ['engines'])
        expect(exitCode).toBe(3)
        expect(stdout).toMatch(message)
      }
    })
  })
})
