import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { ReportDto } from '#lib/api/reports.ts'
import { startDashboard } from '../lab/dashboard.ts'
import { openHistoryStory, STORY } from '../lab/history-story.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { type ReportWorld, startReportWorld } from './report-world.ts'

test.describe.configure({ mode: 'serial' })

let world: ReportWorld
let dataDir: string
let repository: string
const reports: ReportDto[] = []

test.beforeAll(async () => {
  test.setTimeout(120_000)
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-history-'))
  world = await startReportWorld(dataDir)
  const story = await openHistoryStory(world.lab)
  for (const [tag, platforms] of Object.entries(STORY)) {
    const ref = await story.push(tag, platforms)
    repository = ref.slice(0, -tag.length - 1)
    reports.push(await world.run({ ref }))
  }
})

test.afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true, force: true })
})

test('from a repository to its history: what each platform is, and where that changed', async ({ page }) => {
  await page.goto(`${world.url}/tags?repository=${repository}`)
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`History of ${repository}`)

  const now = page.getByRole('region', { name: 'Now' })
  await expect(now.getByRole('listitem').filter({ hasText: 'linux/amd64' })).toContainText(
    /Passed\s*native\s*passes since 1\.0, 3 in a row/,
  )
  await expect(now.getByRole('listitem').filter({ hasText: 'linux/s390x' })).toContainText(
    /Missing\s*missing since 1\.2, 1 run/,
  )
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(4)
  const failed = rows.filter({ has: page.getByRole('rowheader', { name: /^1\.1/ }) })
  await expect(failed.getByRole('cell').nth(2)).toContainText(/Failed\s*native\s*since 1\.1: fails/)
  await expect(failed.getByRole('link', { name: /^Compare/ })).toHaveAttribute(
    'href',
    `/reports/compare?from=${reports[0]?.id}&to=${reports[1]?.id}`,
  )
  await expect(page.getByText(`archway history ${repository}`)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)

  await failed.getByRole('cell').nth(2).getByRole('link').first().click()
  await page.waitForURL(`**/reports/${reports[1]?.id}#linux-ppc64le`)
})

test('what narrows it is in the address', async ({ page }) => {
  await page.goto(`${world.url}/history?repository=${repository}`)
  await page.getByLabel('Platform', { exact: true }).selectOption('linux/ppc64le')
  await expect(page.getByRole('columnheader')).toHaveText(['Run', 'Verdict', /ppc64le/])
  await page.getByLabel('Tag', { exact: true }).selectOption('1.1')
  await page.waitForURL(/platform=linux\/ppc64le&tag=1\.1/)
  await page.reload()
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(2)
  await page.getByLabel('Tag', { exact: true }).selectOption('')
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(4)
})

test('a repository that was never run says what would be here; an address that names none says so', async ({
  page,
}) => {
  await page.goto(`${world.url}/history?repository=quay.io/org/never`)
  await expect(page.getByText('No run has come to its end yet')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${world.url}/history?repository=a//b`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('names no repository')
  await page.goto(`${world.url}/history?repository=${repository}&platform=a/b/c/d`)
  await expect(page.getByRole('alert').filter({ hasText: 'is not a platform' })).toBeVisible()
})

test('the dialog of a badge shows it as it is, and what to write', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${world.url}/reports/${reports[1]?.id}`)
  await page.getByRole('button', { name: 'Badge' }).click()
  const dialog = page.getByRole('dialog', { name: 'Badge' })
  await dialog.getByLabel('Platform of the badge').selectOption('linux/ppc64le')
  const image = dialog.getByRole('img', { name: 'The badge of linux/ppc64le as it is now' })
  await expect(image).toBeVisible()
  await expect.poll(() => image.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBeGreaterThan(80)
  await dialog.getByRole('button', { name: 'Copy: Markdown' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(
      `[![linux/ppc64le](${world.url}/api/v1/badge?ref=${repository}:1.1&platform=linux/ppc64le)](${world.url}/history?repository=${repository}&tag=1.1&platform=linux/ppc64le)`,
    )
  await expectAccessible(page)
  await expectFitsPhone(page)

  await page.goto(`${world.url}/image?ref=${repository}:1.2`)
  await page.getByRole('button', { name: 'Badge' }).click()
  await expect(dialog.getByRole('img', { name: 'The badge of the whole image as it is now' })).toBeVisible()
})

test('another site shows the badge of a server for all, and learns nothing of one for this machine', async ({
  page,
}) => {
  await using open = await startDashboard({ env: { HOST: '0.0.0.0', ARCHWAY_AUTH: 'none' } })
  const badge = (url: string) => `${url.replace('localhost', '127.0.0.1')}/api/v1/badge?ref=${repository}:1.0`
  const site = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<img id="open" src="${badge(open.url)}"><img id="closed" src="${badge(world.url)}">`)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  try {
    await page.goto(`http://elsewhere.localhost:${(site.address() as AddressInfo).port}/`)
    const width = (id: string) => page.locator(id).evaluate((each: HTMLImageElement) => each.naturalWidth)
    await expect.poll(() => width('#open')).toBeGreaterThan(80)
    expect(await width('#closed')).toBe(0)
  } finally {
    site.close()
  }
})
