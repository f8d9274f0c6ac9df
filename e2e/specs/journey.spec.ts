import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { startDashboard } from '../lab/dashboard.ts'
import { startEngine } from '../lab/engine.ts'
import { startLab } from '../lab/lab.ts'
import { seedSample } from '../lab/seed-sample.ts'
import { expectAccessible } from './accessible.ts'

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
const RUN_MS = 120_000

test('from a pasted reference to a shared report that outlives server, engine and registry', async ({
  page,
  browser,
}) => {
  test.setTimeout(360_000)
  await using stack = new AsyncDisposableStack()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'archway-journey-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const lab = stack.use(await startLab())
  const engine = stack.use(await startEngine())
  const sample = await seedSample(lab.registry('open'))
  const env = { DOCKER_HOST: engine.dockerHost }
  const first = stack.use(await startDashboard({ dataDir, env }))

  await test.step('paste, open, ask for it to be validated', async () => {
    await page.goto(first.url)
    await page
      .getByRole('textbox', { name: 'Repository, image or registry URL' })
      .fill(sample.newest.reference)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/image\?ref=/)
    await page.getByRole('link', { name: 'Validate' }).click()
    await expect(page).toHaveURL(/\/validate\?ref=/)
    await expect(page.getByText('emulated', { exact: true })).toHaveCount(3, { timeout: RUN_MS })
    await page.getByRole('textbox', { name: 'Expected output' }).fill('Running on {platform}')
    await page.getByRole('button', { name: 'Start' }).click()
  })

  await test.step('watch it', async () => {
    await expect(page).toHaveURL(/\/runs\/\w+/, { timeout: 30_000 })
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: RUN_MS })
    for (const platform of PLATFORMS) {
      await expect(page.getByRole('listitem', { name: platform, exact: true })).toContainText(
        `Running on ${platform}`,
      )
    }
  })

  const link = await test.step('open the report and make a link', async () => {
    await page.getByRole('link', { name: 'Open the report' }).first().click()
    await expect(page).toHaveURL(/\/reports\/\w+/)
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const made = page.getByRole('list', { name: 'Links that work' }).getByRole('link')
    return (await made.getAttribute('href')) ?? ''
  })

  await lab.registry('open').stop()
  await engine.stop()
  await first.stop('SIGKILL')
  const second = stack.use(await startDashboard({ dataDir, env }))

  await test.step('open it as somebody else, with nothing but the server left', async () => {
    const context = await browser.newContext()
    const stranger = await context.newPage()
    const { pathname } = new URL(link, first.url)
    expect(pathname).toMatch(/^\/share\/[\w-]{40,}$/)
    await stranger.goto(new URL(pathname, second.url).href)
    await expect(stranger.getByRole('heading', { level: 1 })).toContainText('passed')
    for (const platform of PLATFORMS) {
      await expect(stranger.getByLabel(`Output of ${platform}`)).toContainText(`Running on ${platform}`)
      const row = stranger.getByRole('row', { name: new RegExp(platform) })
      await expect(row).toContainText(platform === 'linux/amd64' ? 'native' : 'emulated')
    }
    await expect(stranger.getByLabel('Output of linux/ppc64le')).toContainText('Running on linux/ppc64le')
    await expect(stranger.getByText(sample.newest.digest, { exact: true })).toBeVisible()
    await expectAccessible(stranger)
    await context.close()
  })
})
