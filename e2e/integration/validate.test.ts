import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { report } from '#lib/report/model.ts'
import { CANCELLED_WITHIN_MS, type EngineWorld, startEngineWorld, untilPrinted } from './engine-world.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const testTimeoutMs = 120_000

describe.skipIf(reason)(`archway validate ${reason ?? ''}`, () => {
  let world: EngineWorld
  let home: string
  beforeAll(async () => {
    world = await startEngineWorld()
    home = await mkdtemp(path.join(os.tmpdir(), 'archway-validate-'))
  })
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  })

  function start(args: readonly string[], env: Record<string, string> = {}) {
    const main = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')
    return spawn(process.execPath, [main, 'validate', ...args], {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: home,
        ARCHWAY_DATA: path.join(home, 'data'),
        DOCKER_HOST: world.labEngine.dockerHost,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  async function run(...args: Parameters<typeof start>) {
    const child = start(...args)
    const ended = once(child, 'exit')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [exitCode] = await ended
    return { exitCode, stdout, stderr }
  }
  const image = (name: string) => `${world.images.reference}:${name}`

  test('tests of a file, by a profile of archway.yaml, on every platform', {
    timeout: testTimeoutMs,
  }, async () => {
    const config = path.join(home, 'archway.yaml')
    await writeFile(
      config,
      `profiles: [{ name: cst, repository: "**", tests: cst.yaml, expectOutput: "out 1" }]\n`,
    )
    await writeFile(
      path.join(home, 'cst.yaml'),
      `schemaVersion: "2.0.0"
commandTests:
  - { name: exits, command: /behave, args: [exit], exitCode: 1 }
  - { name: says out, command: /behave, args: [both], expectedOutput: ["^out 1$"] }
fileExistenceTests:
  - { name: behave, path: /behave, permissions: "-rwxr-xr-x", isExecutableBy: any }
fileContentTests:
  - { name: ELF, path: /behave, expectedContents: ["ELF"] }
metadataTest: { entrypoint: [/behave, both] }
`,
    )
    const args = [image('both'), '--platform', 'linux/amd64,linux/ppc64le', '--json']
    const { stdout, stderr, exitCode } = await run(args, { ARCHWAY_CONFIG: config })
    const { jobs, profileOrigin } = report.parse(JSON.parse(stdout))
    expect(profileOrigin).toMatchObject({ name: 'cst', overridden: [] })
    for (const { platform, tests = [] } of jobs) {
      expect(
        tests.map(({ name, verdict, messages }) => [name, verdict, messages]),
        platform,
      ).toEqual([
        ['exits', 'passed', []],
        ['says out', 'failed', ['/^out 1$/ is not in its output.']],
        ['behave', 'passed', []],
        ['ELF', 'passed', []],
        ['metadata', 'passed', []],
      ])
    }
    expect(exitCode, stderr).toBe(1)
    const none = await run([...args, '--profile', 'none'], { ARCHWAY_CONFIG: config })
    expect(none.exitCode, none.stderr).toBe(0)
    expect(report.parse(JSON.parse(none.stdout)).jobs[0]?.tests).toBeUndefined()
  })

  test('0 when everything held, with every platform and its output', { timeout: testTimeoutMs }, async () => {
    const { exitCode, stdout, stderr } = await run([
      'oci:samples/multiarch-app',
      '--expect-output',
      'Running on {platform}',
    ])
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/^linux\/ppc64le +passed +emulated +PowerPC/m)
    expect(stdout).toContain('  Running on linux/ppc64le\n')
    expect(stdout).toMatch(/^passed: 4 of 4 platforms passed/m)
    expect(stderr).toContain('linux/ppc64le | Running on linux/ppc64le\n')
    expect(`${stdout}${stderr}`).not.toContain('\u001b')
  })

  test('1 when the image is at fault, the report as JSON', { timeout: testTimeoutMs }, async () => {
    const { exitCode, stdout } = await run([image('amd64-inside'), '--json', '--platform', 'ppc64le'])
    expect(exitCode).toBe(1)
    const told = JSON.parse(stdout)
    expect(report.parse(told)).toMatchObject({ verdict: 'failed', leftOut: ['linux/amd64'] })
    expect(told.jobs[0].findings[0]).toMatchObject({
      code: 'ELF-001',
      title: expect.any(String),
      message: expect.stringContaining('x86-64'),
    })
  })

  test('3 when the witness is at fault, or there is none', { timeout: testTimeoutMs }, async () => {
    expect((await run([image('segfault'), '--platform', 'ppc64le'])).exitCode).toBe(3)
    const nobody = await run(['oci:samples/multiarch-app'], { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
    expect(nobody.exitCode).toBe(3)
    expect(nobody.stdout).toMatch(/^skipped: 0 of 4 platforms passed/m)
  })

  test('what a terminal would obey is shown, not obeyed', { timeout: testTimeoutMs }, async () => {
    const { exitCode, stdout, stderr } = await run([image('escapes'), '--platform', 'ppc64le'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('<script>alert(1)</script>')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be there.
    expect(`${stdout}${stderr}`).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  })

  test('a service is asked for its port, and what answered is told', { timeout: testTimeoutMs }, async () => {
    const { exitCode, stdout } = await run([image('serve'), '--port', '8080', '--path', '/up'])
    expect(exitCode, stdout).toBe(0)
    expect(
      stdout.match(/^ {2}Port 8080 answered GET \/up with 200 after .*, on 127\.0\.0\.1$/gm),
    ).toHaveLength(2)
  })

  test('files come along, and the shared documents do not hold their texts', {
    timeout: testTimeoutMs,
  }, async () => {
    const args = ['--platform', 'amd64', '--file', 'package.json:/etc/app/config', '--html', '-']
    const { exitCode, stdout } = await run([image('prints'), ...args, '--expect-output', '"name": "archway"'])
    expect(exitCode, stdout).toBe(0)
    expect(stdout).toContain('/etc/app/config')
  })

  test('a gigabyte of output neither fills the memory nor the screen', {
    timeout: testTimeoutMs,
  }, async () => {
    const child = start([image('flood'), '--platform', 'amd64'])
    const ended = once(child, 'exit')
    let peakKiB = 0
    const watch = setInterval(() => {
      const [, peak] = /VmHWM:\s+(\d+)/.exec(readStatus(child.pid)) ?? []
      peakKiB = Math.max(peakKiB, Number(peak ?? 0))
    }, 100)
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    clearInterval(watch)
    expect((await ended)[0], stderr.slice(-500)).toBe(0)
    expect(stdout).toContain('… and more than is kept')
    expect(stderr.length).toBeLessThan(2 << 20)
    expect(peakKiB).toBeGreaterThan(50_000)
    // How soon the runtime collects what has passed is its own affair; what matters is that it does.
    expect(peakKiB).toBeLessThan(400_000)
  })

  test.concurrent.each<[string, number, string[]]>([
    ['a tag that is not there', 2, ['oci:samples/multiarch-app:gone']],
    ['a registry that is not there', 2, ['127.0.0.1:1/app']],
    ['a reference that is none', 64, ['a//b']],
    ['an expectation that is none', 64, ['app', '--expect-output', '/(/']],
    ['a time that is none', 64, ['app', '--timeout', 'soon']],
    ['an option that is none', 64, ['app', '--wrong']],
    ['a path without a port', 64, ['app', '--path', '/up']],
    ['a file that is not there', 64, ['app', '--file', '/srv/nothing:/etc/x']],
    ['a file that goes nowhere', 64, ['app', '--file', 'README.md:etc/x']],
  ])('%s: exit code %i', { timeout: testTimeoutMs }, async (_, exitCode, args) => {
    expect((await run(args)).exitCode).toBe(exitCode)
  })

  test('an interrupt ends it within two seconds and leaves nothing', { timeout: testTimeoutMs }, async () => {
    const child = start([image('stubborn')])
    let told = ''
    child.stderr.on('data', (bytes) => {
      told += bytes
    })
    child.stdout.resume()
    await untilPrinted(() => (told.match(/ignoring SIGTERM/g)?.length ?? 0) >= 2)
    const startedMs = performance.now()
    child.kill('SIGINT')
    const [exitCode] = await once(child, 'exit')
    expect(performance.now() - startedMs).toBeLessThan(CANCELLED_WITHIN_MS)
    expect(exitCode).toBe(130)
    expect(await world.containers()).toEqual([])
  })
})

/** What the kernel says of a process; nothing once it is gone. */
function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
