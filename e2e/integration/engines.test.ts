import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type net from 'node:net'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LabEngine, startEngine } from '#e2e/lab/engine.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { seedSample } from '#e2e/lab/seed-sample.ts'
import { enginesResponse } from '#lib/api/engines.ts'

const reason = (await ensurePackages(['registry', 'token', 'engine'])).reason('engine')
const testTimeoutMs = 120_000
const main = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')
/** Where a registry is that neither engine nor Archway takes for this machine's own. */
const address = Object.values(os.networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address

describe.skipIf(reason)(`engines of archway.yaml ${reason ?? ''}`, () => {
  const stack = new AsyncDisposableStack()
  let home: string
  let engine: LabEngine
  let isolated: LabEngine
  let registryUrl: string
  let image: string

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'archway-engines-'))
    stack.defer(() => rm(home, { recursive: true, force: true }))
    const lab = stack.use(await startLab())
    engine = stack.use(await startEngine())
    isolated = stack.use(await startEngine({ isolated: true }))
    registryUrl = lab.registry('open').url
    image = (await seedSample(lab.registry('open'))).newest.reference
  }, testTimeoutMs)
  afterAll(() => stack.disposeAsync(), testTimeoutMs)

  async function archway(yaml: string, args: readonly string[], env: Record<string, string> = {}) {
    const file = path.join(home, 'archway.yaml')
    await writeFile(file, yaml)
    const child = spawn(process.execPath, [main, ...args], {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: home,
        ARCHWAY_DATA: path.join(home, 'data'),
        ARCHWAY_CONFIG: file,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [exitCode] = await ended
    return { exitCode, stdout, stderr }
  }

  const one = (of: LabEngine) => `engines: [{ name: lab, address: "${of.dockerHost}" }]`

  test('a real one and one that is not there: what each can run, and 0', {
    timeout: testTimeoutMs,
  }, async () => {
    const yaml = `${one(engine).slice(0, -1)}, { name: gone, address: "tcp://127.0.0.1:1" }]`
    const { exitCode, stdout } = await archway(yaml, ['engines', '--json'], {
      DOCKER_HOST: 'unix:///ignored',
    })
    expect(exitCode).toBe(0)
    const [lab, gone, ...others] = enginesResponse.parse(JSON.parse(stdout)).engines
    expect(others).toEqual([])
    expect(lab).toMatchObject({ name: 'lab', state: 'ready', foundBy: 'archway.yaml' })
    const modes = lab?.platforms.map(({ platform, mode }) => `${platform} ${mode}`)
    const native = process.arch === 'x64' ? 'linux/amd64 native' : 'linux/arm64 native'
    expect(modes).toContain(native)
    expect(modes).toContain('linux/ppc64le emulated')
    expect(gone).toMatchObject({ state: 'unavailable', problem: { code: 'engine_unavailable' } })
  })

  test('none that is ready is 3, a broken file is 2', { timeout: testTimeoutMs }, async () => {
    expect((await archway('engines: []', ['engines'])).exitCode).toBe(3)
    const broken = await archway('engines: [{ nam: a }]', ['engines'])
    expect(broken.exitCode).toBe(2)
    expect(broken.stderr).toContain('archway.yaml:1:13 “nam” is no key here; did you mean “name”?')
  })

  test('one that does not see a registry which only this machine sees', {
    timeout: testTimeoutMs,
  }, async () => {
    const { exitCode, stdout } = await archway(one(isolated), ['validate', image, '--platform', 'ppc64le'])
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/cannot reach the registry 127\.0\.0\.1:\d+, which Archway reaches from here/)
    expect(stdout).toContain('is its own machine, or the virtual machine it runs in, not this one')
    expect(stdout).toMatch(/^inconclusive/m)
  })

  test.skipIf(address === undefined)(
    'one that asks a registry of plain HTTP by HTTPS',
    { timeout: testTimeoutMs },
    async () => {
      await using door = await openHttpDoor(registryUrl, address ?? '')
      const reference = image.replace(/^[^/]+/, door.host)
      const { exitCode, stdout } = await archway(
        one(engine),
        ['validate', reference, '--platform', 'amd64'],
        {
          ARCHWAY_INSECURE_REGISTRIES: door.host,
        },
      )
      expect(exitCode, stdout).toBe(3)
      expect(stdout).toContain(`add “${door.host}” to “insecure-registries”`)
    },
  )
})

interface Door extends AsyncDisposable {
  readonly port: number
}

/** A registry under another address of this machine, by plain HTTP. */
async function openHttpDoor(registryUrl: string, host: string): Promise<Door & { readonly host: string }> {
  const server = http.createServer((request, response) => {
    const asked = http.request(
      new URL(request.url ?? '/', registryUrl),
      { method: request.method, headers: { accept: request.headers.accept ?? '*/*' } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    asked.on('error', () => response.destroy())
    request.pipe(asked)
  })
  const door = await listen(server, host)
  return { ...door, host: `${host}:${door.port}` }
}

async function listen(server: net.Server, host: string): Promise<Door> {
  const sockets = new Set<net.Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await once(server.listen(0, host), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
