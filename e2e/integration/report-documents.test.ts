import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { renderReport } from '#lib/report/render/render-report.ts'
import { SAMPLE_NAMES, SAMPLE_REPORTS, type SampleName } from '#lib/report/testing/sample-reports.ts'

const packages = await ensurePackages(['junit', 'browser'])
const noJunit = packages.reason('junit')
const noBrowser = packages.reason('browser')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'archway-documents-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.skipIf(noJunit)(`JUnit as others read it ${noJunit ?? ''}`, () => {
  const write = async (name: SampleName) => {
    const file = path.join(folder, `${name}.xml`)
    await writeFile(file, renderReport(SAMPLE_REPORTS[name], 'junit'))
    return file
  }

  test.each(SAMPLE_NAMES)('%s is well-formed XML', async (name) => {
    await expect(promisify(execFile)('xmllint', ['--noout', await write(name)])).resolves.toMatchObject({
      stderr: '',
    })
  })

  /** Each test as its suite, its name and what junitparser makes of it. */
  async function readJunit(name: SampleName) {
    const script = path.join(folder, 'read.py')
    await writeFile(script, READER)
    const { stdout } = await promisify(execFile)('/usr/bin/python3', [script, await write(name)], {
      maxBuffer: 16 * 1024 * 1024,
    })
    return JSON.parse(stdout) as { counts: number[]; tests: string[]; output: string[] }
  }

  test.each<[SampleName, number[], string]>([
    ['passed', [7, 0, 0, 0], 'linux/ppc64le execution (emulated) passed'],
    ['failed', [7, 3, 0, 0], 'linux/ppc64le binaries Failure ELF-001'],
    ['inconclusive', [7, 0, 1, 0], 'linux/ppc64le execution (emulated) Error inconclusive'],
    ['skipped', [7, 0, 0, 3], 'linux/s390x execution Skipped'],
    ['cancelled', [7, 0, 1, 2], 'linux/s390x execution Error cancelled'],
    ['missing', [8, 2, 0, 2], 'linux/s390x COV-001 A required platform is missing Failure COV-001'],
    ['leftOut', [8, 0, 0, 1], 'linux/s390x execution Skipped'],
    ['unjudged', [9, 0, 0, 2], 'linux/ppc64le not judged: ELF-002, ELF-004 Skipped'],
    ['nothing', [2, 0, 0, 1], 'index execution Skipped'],
  ])('%s: tests, failures, errors, skipped are %j', async (name, counts, told) => {
    const read = await readJunit(name)
    expect(read.counts).toEqual(counts)
    expect(read.tests).toContain(told)
  })

  test('hostile output arrives as text, the end of a flood in bounds', async () => {
    const hostile = await readJunit('hostile')
    expect(hostile.output.join('')).toContain(']]><script>alert(1)</script>')
    expect(hostile.output.join('')).toContain('esc \\u{1b}[31mred')
    const flood = await readJunit('flood')
    expect(flood.output[0]).toMatch(/^… \d+ characters before\n/)
    expect(Math.max(...flood.output.map(({ length }) => length))).toBeLessThan(66_000)
  })
})

const READER = `
import json, sys
from junitparser import JUnitXml
xml = JUnitXml.fromfile(sys.argv[1])
tests, output = [], []
sums = [0, 0, 0, 0]
for suite in xml:
    for at, count in enumerate([suite.tests, suite.failures, suite.errors, suite.skipped]):
        sums[at] += count
    for case in suite:
        output += [text for text in (case.system_out, case.system_err) if text]
        results = [type(each).__name__ + ((' ' + each.type) if each.type else '') for each in case.result]
        tests.append(' '.join([suite.name, case.name] + (results or ['passed'])))
print(json.dumps({'counts': sums, 'tests': tests, 'output': output}))
`

describe.skipIf(noBrowser)(`the HTML file in a browser ${noBrowser ?? ''}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(() => browser?.close())

  async function open(name: SampleName, scheme: 'light' | 'dark', width: number) {
    const file = path.join(folder, `${name}.html`)
    await writeFile(file, renderReport(SAMPLE_REPORTS[name], 'html'))
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme })
    const page = await context.newPage()
    const said: string[] = []
    const asked: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('dialog', (dialog) => said.push(dialog.message()))
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`file://${file}`)
    return { page, said, asked, [Symbol.asyncDispose]: () => context.close() }
  }

  test.each<[SampleName, 'light' | 'dark', number]>([
    ['failed', 'light', 1280],
    ['skipped', 'dark', 390],
    ['hostile', 'light', 390],
    ['flood', 'dark', 1280],
  ])('%s, %s, %i px: styled, within the window, axe finds nothing', async (name, scheme, width) => {
    await using opened = await open(name, scheme, width)
    const { page, said, asked } = opened
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px')
    expect(said).toEqual([])
    expect(asked).toHaveLength(1)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })

  test('a script that got in would not run', async () => {
    const file = path.join(folder, 'injected.html')
    const page = renderReport(SAMPLE_REPORTS.passed, 'html')
    await writeFile(
      file,
      page.replace('<main>', '<main><script>document.title = "run"</script><img src="x.png">'),
    )
    const opened = await browser.newPage()
    const loaded: string[] = []
    opened.on('requestfinished', (request) => loaded.push(request.url()))
    await opened.goto(`file://${file}`)
    expect(await opened.title()).toBe('Passed: quay.io/org/app:1.2')
    expect(loaded).toEqual([`file://${file}`])
    await opened.close()
  })
})

describe('archway validate', () => {
  test('writes every document of a run that nobody could make, and green is none of them', async () => {
    const main = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')
    const file = (name: string) => path.join(folder, name)
    const options = ['junit', 'sarif', 'ctrf', 'markdown', 'html', 'in-toto'].flatMap((name) => [
      `--${name}`,
      file(name),
    ])
    const failure = await promisify(execFile)(
      process.execPath,
      [main, 'validate', 'oci:samples/multiarch-app', ...options],
      {
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          ARCHWAY_DATA: file('data'),
          DOCKER_HOST: 'unix:///nowhere/docker.sock',
          NODE_ENV: 'test',
        },
      },
    ).catch((error: { code: number; stdout: string }) => error)
    expect(failure).toMatchObject({ code: 3, stdout: expect.stringContaining('skipped: 0 of 4') })
    const text = async (name: string) => readFile(file(name), 'utf8')
    expect(await text('junit')).toContain('<skipped message="No engine was found')
    expect(await text('sarif')).toContain('"executionSuccessful": false')
    // Nothing ran, but the binaries were read from the layers.
    expect(JSON.parse(await text('ctrf')).results.summary).toMatchObject({ failed: 0, skipped: 4 })
    expect(await text('markdown')).toContain('### – Skipped: `oci:samples/multiarch-app:latest`')
    expect(await text('html')).toContain('<span class="mark skipped">– Skipped</span>')
    expect((await text('in-toto')).match(/"result":"FAILED"/g)).toHaveLength(5)
  })
})
