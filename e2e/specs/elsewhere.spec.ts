import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { runAccepted } from '#lib/api/runs.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const CLI = path.resolve(import.meta.dirname, '../../lib/cli/main.ts')
const PLATFORM = 'linux/ppc64le'

test('what was only emulated is run again by a native machine, which submits it', async ({ page, world }) => {
  test.setTimeout(180_000)
  const answer = await page.request.post('/api/v1/runs', {
    data: { ref: `${world.runImages.reference}:both`, platforms: ['linux/amd64', PLATFORM] },
  })
  await page.goto(runAccepted.parse(await answer.json()).url)
  const again = page.getByRole('button', { name: 'Wait for native results' })
  await expect(again).toBeVisible({ timeout: 90_000 })
  await expectAccessible(page)
  const before = page.url()
  await again.click()
  await expect(page).not.toHaveURL(before, { timeout: 30_000 })

  const lane = page.getByRole('listitem', { name: PLATFORM, exact: true })
  await expect(lane).toContainText('Waiting')
  await expect(lane).toContainText('Runs on another machine')
  const panel = page.getByRole('region', { name: 'Waiting for results from elsewhere' })
  const command = (await panel.locator('pre').textContent()) ?? ''
  await expect(page.getByRole('listitem', { name: 'linux/amd64', exact: true })).toContainText('Passed', {
    timeout: 90_000,
  })
  await expectAccessible(page)
  if (process.env.SHOTS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${process.env.SHOTS}/waiting-${colorScheme}.png`, fullPage: true })
    }
  }
  await expectFitsPhone(page)
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/waiting-phone.png`, fullPage: true })
  await page.setViewportSize({ width: 1280, height: 900 })

  const line = command.replace(/^archway/, `${process.execPath} ${CLI}`)
  const env = { ...process.env, DOCKER_HOST: world.engineHost }
  const { stderr } = await promisify(execFile)('sh', ['-c', line], { env })
  expect(stderr).toContain(`sent ${PLATFORM}, passed`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: 30_000 })
  await expect(lane).toContainText('submitted by')
  await expect(panel).toHaveCount(0)
  await page.getByRole('link', { name: 'Open the report' }).click()
  await expect(page.getByText(/^by .*@.*, from that machine$/)).toBeVisible()
  await expectAccessible(page)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/report.png`, fullPage: true })
})
