import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { ReportDto } from '#lib/api/reports.ts'
import { runRequest } from '#lib/api/runs.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { type ReportWorld, startReportWorld } from './report-world.ts'

const SECRET = 'hunter2-hunter2'
const SENTENCE =
  'Three of four platforms passed, two of them under emulation; linux/ppc64le failed: its entrypoint is an x86-64 binary.'

test.describe.configure({ mode: 'serial' })

let world: ReportWorld
let dataDir: string
let mixed: ReportDto

test.beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-report-'))
  world = await startReportWorld(dataDir)
  mixed = await world.run({ ref: world.mixed })
})

test.afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true, force: true })
})

/** Makes a link by the dialog and answers its address. */
async function share(page: Page, id: string): Promise<string> {
  await page.goto(`${world.url}/reports/${id}`)
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = page.getByRole('list', { name: 'Links that work' }).getByRole('link')
  return new URL((await link.getAttribute('href')) ?? '', world.url).href
}

test('a report says first what came of it, then every truth, and how each platform ran', async ({ page }) => {
  await page.goto(`${world.url}/reports/${mixed.id}`)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toContainText('Failed')
  await expect(heading).toContainText(SENTENCE)
  await expect(page.getByText(mixed.digest, { exact: true })).toBeVisible()

  const row = page.getByRole('row', { name: /linux\/ppc64le/ })
  await expect(row).toContainText('x86-64expected PowerPC')
  await expect(row).toContainText('Ran, but proves nothing')
  await expect(page.getByRole('row', { name: /linux\/s390x/ })).toContainText(/Passed\s*emulated/)
  await expect(page.getByRole('row', { name: /linux\/amd64/ })).toContainText(/Passed\s*native/)

  await expect(page.getByRole('link', { name: 'History' })).toHaveAttribute('href', /^\/history\?repository=/)
  await expect(page.getByText(/by QEMU/)).toHaveCount(2)
  await expect(page.getByLabel('Output of linux/s390x')).toContainText('Running on linux/s390x')
  await expect(page.getByLabel('Output of linux/ppc64le')).toContainText('err 1')
  await page.getByText('The entrypoint is a binary for another architecture').click()
  await expect(page.getByText('On a build machine with emulation it runs without a word')).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('two reports are compared: both verdicts first, then both values of what changed, and ways into both', async ({
  page,
}) => {
  const fixed = await world.run({ ref: world.fixed })
  await page.goto(`${world.url}/reports/${fixed.id}`)
  await page.getByRole('link', { name: 'Compare with the previous run' }).click()
  await page.waitForURL(`**/reports/compare?from=${mixed.id}&to=${fixed.id}`)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toContainText(/Failed.*Passed/)
  await expect(heading).toContainText('Better. linux/ppc64le now passes under emulation.')
  const better = page.getByRole('region', { name: /^Better/ })
  await expect(better.getByRole('row', { name: /Binaries are/ })).toContainText(
    /x86-64.*expected PowerPC.*PowerPC/,
  )
  await expect(better.getByRole('row', { name: /ELF-001/ })).toContainText(/Error.*Not found/)
  await expect(page.getByText(`archway compare ${mixed.id} ${fixed.id} --server ${world.url}`)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)

  await page.getByRole('link', { name: 'Swap the reports' }).click()
  await expect(heading).toContainText('Worse. linux/ppc64le now fails: its entrypoint is an x86-64 binary.')
  await expect(page.getByText('The second report is the older one')).toBeVisible()
  const worse = page.getByRole('region', { name: /^Worse/ })
  await worse.getByRole('link', { name: /^linux\/ppc64le, Binaries are, after: x86-64/ }).click()
  await page.waitForURL(`**/reports/${mixed.id}#linux-ppc64le`)
})

test('another run is chosen without a script; one and the same report, and one that is unknown', async ({
  browser,
  page,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const plain = await context.newPage()
  await plain.goto(`${world.url}/reports/compare?from=${mixed.id}&to=${mixed.id}`)
  await expect(plain.getByText('This is one and the same report')).toBeVisible()
  const choice = plain.getByRole('combobox', { name: 'Report, after' })
  await choice.selectOption(
    await choice.getByRole('option', { name: /Passed · report:fixed/ }).getAttribute('value'),
  )
  await plain.getByRole('button', { name: 'Compare' }).click()
  await expect(plain.getByRole('heading', { level: 1 })).toContainText('linux/ppc64le now passes')
  await context.close()

  await page.goto(`${world.url}/reports/compare?from=nothing&to=${mixed.id}`)
  await expect(page.getByRole('alert').filter({ hasText: 'There is no such report' })).toContainText(
    '“nothing”',
  )
  await expect(page.getByRole('combobox', { name: 'Report, before' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${world.url}/reports/compare`)
  await expect(page.getByText('No report is chosen yet')).toBeVisible()
})

test('the JSON is the whole report, as a file', async ({ page, request }) => {
  await page.goto(`${world.url}/reports/${mixed.id}`)
  await page.getByText('Download', { exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^JSON/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`archway-report-${mixed.id}.json`)
  expect(await (await request.get(`${world.url}/api/v1/reports/${mixed.id}`)).json()).toEqual(mixed)
})

test('on paper everything is open, black on white, without the bar and the buttons', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.goto(`${world.url}/reports/${mixed.id}`)
  await expect(page.getByText('On a build machine with emulation it runs without a word')).toBeVisible()
  await expect(page.getByText('It does not prove')).toBeVisible()
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Share' })).toBeHidden()
  await expect(page.getByText(`This report: ${world.url}/reports/${mixed.id}`)).toBeVisible()
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)')
})

test('only what failed is run again, of the same bytes', async ({ page }) => {
  await page.goto(`${world.url}/reports/${mixed.id}`)
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByRole('radio', { name: /Only what failed/ })).toBeChecked()
  await expectAccessible(page)
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'),
    page.getByRole('button', { name: 'Start' }).click(),
  ])
  expect(runRequest.parse(sent.postDataJSON())).toMatchObject({
    ref: expect.stringContaining(`@${mixed.digest}`),
    platforms: ['linux/ppc64le'],
  })
  await page.waitForURL(/\/runs\/\w+$/)
})

test('what a program writes commands nothing', async ({ page }) => {
  const { id } = await world.run({ ref: world.image('escapes') })
  let hasRun = false
  page.on('dialog', () => {
    hasRun = true
  })
  await page.goto(`${world.url}/reports/${id}`)
  const output = page.getByLabel('Output of linux/amd64')
  await expect(output).toContainText('<script>alert(1)</script><img src=x onerror=alert(1)>')
  await expect(output).toContainText('U+202E')
  expect(await output.textContent()).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u)
  await expect(output.locator('img, script, a')).toHaveCount(0)
  expect(hasRun).toBe(false)
})

test('a link shows the report to anyone, without a script, with its secrets masked', async ({
  page,
  browser,
}) => {
  const { id } = await world.run({
    ref: world.image('both'),
    profile: { entrypoint: ['/behave', 'print', '/proc/self/environ'], env: { TOKEN: SECRET } },
  })
  await page.goto(`${world.url}/reports/${id}`)
  await expect(page.getByLabel('Output of linux/amd64')).toContainText('TOKEN=•••')
  const link = await share(page, id)
  await expect(page.getByText('Masked are the values of TOKEN')).toBeVisible()
  await expectAccessible(page)

  const context = await browser.newContext({ javaScriptEnabled: false })
  const stranger = await context.newPage()
  const asked: string[] = []
  stranger.on('request', (request) => asked.push(new URL(request.url()).origin))
  const response = await stranger.goto(link)
  expect(response?.headers()['x-robots-tag']).toContain('noindex')
  expect(await response?.text()).not.toContain(SECRET)
  await expect(stranger.getByRole('heading', { level: 1 })).toContainText('linux/amd64 passed, run natively.')
  await expect(stranger.getByLabel('Output of linux/amd64')).toContainText('TOKEN=•••')
  await expect(stranger.getByText('What is this?')).toBeVisible()
  await expect(stranger.getByRole('button')).toHaveCount(0)
  await expect(stranger.getByRole('searchbox')).toHaveCount(0)
  await expect(stranger.getByRole('navigation')).toHaveCount(0)
  await expect(stranger.locator('meta[property="og:description"]')).toHaveAttribute(
    'content',
    'linux/amd64 passed, run natively.',
  )
  expect(new Set(asked)).toEqual(new Set([world.url]))
  const json = await context.request.get(link.replace('/share/', '/api/v1/shares/'))
  expect(await json.text()).not.toContain(SECRET)
  await context.close()
})

test('a shared report is accessible and fits a phone', async ({ page }) => {
  await page.goto(await share(page, mixed.id))
  await expect(page.getByRole('button', { name: /Share|Run again/ })).toHaveCount(0)
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('a link stays true without the registry and after the server was killed, and ends when it is revoked', async ({
  page,
  browser,
}) => {
  const { id } = await world.run({ ref: world.mixed, platforms: ['linux/ppc64le', 'linux/s390x'] })
  const link = new URL(await share(page, id)).pathname
  await world.lab.registry('open').stop()
  await world.engine.halt()
  await world.restart()

  await page.goto(`${world.url}/image?ref=${encodeURIComponent(world.mixed)}`)
  const remembered = page.getByRole('region', { name: 'Its last report is here' })
  await expect(remembered).toContainText('Failed')
  await expect(remembered.getByRole('link', { name: 'Open the report' })).toHaveAttribute(
    'href',
    `/reports/${id}`,
  )

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(world.url + link)
  await expect(stranger.getByRole('heading', { level: 1 })).toContainText(
    'One of two platforms asked for passed',
  )
  await expect(stranger.getByLabel('Output of linux/s390x')).toContainText('Running on linux/s390x')

  await page.goto(`${world.url}/reports/${id}`)
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('What somebody read, saved or printed before, they keep.')).toBeVisible()
  await page.getByRole('button', { name: 'Revoke this link' }).click()
  await expect(page.getByRole('list', { name: 'Links that work' })).toHaveCount(0)

  const gone = await stranger.reload()
  expect(gone?.status()).toBe(404)
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('This link shows nothing')
  await expectAccessible(stranger)
  const api = await stranger.request.get(`${world.url}/api/v1/shares/${link.split('/').at(-1)}`)
  expect(api.status()).toBe(404)
  await stranger.context().close()
})

test('a report that is not there is told with status 404', async ({ page }) => {
  const response = await page.goto(`${world.url}/reports/nothing`)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such report')
})
