import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { enginesResponse } from '#lib/api/engines.ts'
import { type RunningDashboard, startDashboard } from '../lab/dashboard.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']

test('an engine with its machine and what it was found able to run', async ({ page, world }) => {
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Engines' }).click()
  await expect(page).toHaveURL('/engines')
  const card = page.getByRole('article', { name: 'DOCKER_HOST' })
  await expect(card.getByText('Ready')).toBeVisible({ timeout: 60_000 })
  await expect(card).toContainText(world.engineHost)
  await expect(card).toContainText(/Docker \d+\.\d+/)
  await expect(card).toContainText(/\d+ processors?, /)
  for (const platform of PLATFORMS) await expect(card.getByText(platform).first()).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'linux/ppc64le' }).first()).toContainText(
    'Emulated',
  )
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('it is probed again by a click, and says so while it goes on', async ({ page }) => {
  await page.goto('/engines')
  const button = page.getByRole('button', { name: /: DOCKER_HOST$/ })
  await expect(button).toBeEnabled({ timeout: 60_000 })
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/v1/engines/probe'))
  await button.click()
  await expect(button).toContainText('Probing…')
  await expect(button).toBeDisabled()
  const { engines } = enginesResponse.parse(await (await answer).json())
  expect(engines[0]?.platforms.map(({ platform }) => platform)).toEqual(PLATFORMS)
  await expect(button).toContainText('Probe again')
  await expect(page.getByRole('status').filter({ hasText: 'it runs 4 of 4 platforms' })).toHaveCount(1)
})

test('the page is reached from the palette', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/')
  await page.getByRole('button', { name: 'Command palette' }).click()
  await page.getByRole('option', { name: 'Engines' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Engines')
})

test('a name that no engine has, and a click from another site', async ({ request }) => {
  const unknown = await request.post('/api/v1/engines/probe', { data: { engine: 'gone' } })
  expect([unknown.status(), (await unknown.json()).code]).toEqual([404, 'not_found'])
  const foreign = await request.post('/api/v1/engines/probe', {
    data: {},
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect([foreign.status(), (await foreign.json()).code]).toEqual([400, 'request_invalid'])
})

test.describe('with an archway.yaml', () => {
  let folder: string
  let dashboard: RunningDashboard | undefined
  test.beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'archway-engines-'))
  })
  test.afterEach(async () => {
    await dashboard?.stop()
    dashboard = undefined
    await rm(folder, { recursive: true, force: true })
  })

  async function serve(yaml: string): Promise<string> {
    await writeFile(path.join(folder, 'archway.yaml'), yaml)
    dashboard = await startDashboard({ dataDir: folder })
    return `${dashboard.url}/engines`
  }

  test('a hole catches the eye, and an engine that is down says why', async ({ page, world }) => {
    const url = await serve(
      `engines:\n  - { name: laptop, address: "${world.engineHost}", platforms: [amd64] }\n  - { name: power, address: "tcp://127.0.0.1:1" }\n`,
    )
    await page.goto(url)
    await expect(page.getByRole('article', { name: 'laptop' }).getByText('Ready')).toBeVisible({
      timeout: 60_000,
    })
    const glance = page.getByRole('region', { name: 'What can run here' })
    await expect(glance.getByRole('listitem').filter({ hasText: 'linux/amd64' })).toContainText('on laptop')
    await expect(glance.getByRole('listitem').filter({ hasText: 'linux/s390x' })).toContainText(
      'Nothing runs it',
    )
    const power = page.getByRole('article', { name: 'power' })
    await expect(power.getByText('Unavailable', { exact: true })).toBeVisible()
    await expect(power).toContainText('refuses connections')
    await expectAccessible(page)
    await expectFitsPhone(page)
  })

  test('no engine at all: how to get one', async ({ page }) => {
    await page.goto(await serve('engines: []\n'))
    await expect(page.getByRole('alert').filter({ hasText: 'There is no engine' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Get an engine' })).toBeVisible()
    await expect(page.getByText('systemctl --user enable --now podman.socket')).toBeVisible()
    await expectAccessible(page)
    await expectFitsPhone(page)
  })
})
