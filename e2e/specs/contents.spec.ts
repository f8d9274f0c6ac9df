import type { Page } from '@playwright/test'
import { startHangingRegistry } from '../lab/hanging-registry.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const inside = (reference: string, platform: string, view: string, more = '') =>
  `/contents?ref=${reference}&platform=${platform}&view=${view}${more}`
const tree = (page: Page) => page.getByRole('tree', { name: 'Files' })
const item = (page: Page, name: RegExp) => tree(page).getByRole('treeitem', { name })

test('from an image into its files, by keyboard, with the address following', async ({ page, world }) => {
  await page.goto(`/image?ref=${world.diff.wrong.reference}&platform=linux/ppc64le`)
  await page
    .getByRole('navigation', { name: 'Inside linux/ppc64le' })
    .getByRole('link', { name: 'files' })
    .click()
  await expect(page).toHaveURL(/\/contents\?.*platform=linux\/ppc64le&view=files/)
  await expect(item(page, /^usr\//)).toBeVisible({ timeout: 30_000 })
  await tree(page).focus()
  await page.keyboard.press('End')
  await expect(page).toHaveURL(/path=/)
  await page.getByRole('textbox', { name: 'Search files by path' }).fill('helper')
  await expect(item(page, /helper/)).toBeVisible()
  await item(page, /helper/).click()
  const facts = page.getByRole('region', { name: 'Chosen path' })
  await expect(facts).toContainText('/usr/bin/helper')
  await expect(facts).toContainText('SHA-256')
  await expect(page.getByText(/^archway files .* --platform linux\/ppc64le$/)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
  await expectAccessible(page)
})

test('an address leads to a path far below; only rows in view exist', async ({ page, world }) => {
  const path = 'usr/share/app/asset-0900.txt'
  await page.goto(inside(world.diff.wrong.reference, 'linux/amd64', 'files', `&path=${path}`))
  const chosen = tree(page).getByRole('treeitem', { selected: true })
  await expect(chosen).toContainText('asset-0900.txt', { timeout: 30_000 })
  await expect(chosen).toBeInViewport()
  expect(await tree(page).getByRole('treeitem').count()).toBeLessThan(100)
  const facts = page.getByRole('region', { name: 'Chosen path' })
  await expect(facts.getByRole('button', { name: 'Copy the content' })).toBeVisible({ timeout: 30_000 })
  // What is known comes with the page itself: rows are there before any script has run.
  const html = await (await page.request.get(page.url())).text()
  expect(html).toContain('role="treeitem"')
  await expectAccessible(page)
  await page.goto(inside(world.diff.wrong.reference, 'linux/amd64', 'files', '&path=no/such'))
  await expect(page.getByText('has no entry of its own in this image.')).toBeVisible({ timeout: 30_000 })
})

test('a program of another architecture stands first, and is red in the chart', async ({ page, world }) => {
  await page.goto(inside(world.diff.wrong.reference, 'linux/ppc64le', 'binaries'))
  const chart = page.getByRole('list', { name: 'ELF files by architecture' })
  await expect(chart.getByText('not for linux/ppc64le')).toBeVisible({ timeout: 30_000 })
  const first = page.getByRole('table', { name: 'Binaries' }).getByRole('row').nth(1)
  await expect(first).toContainText('usr/bin/helper')
  await expect(first).toContainText('other architecture')
  await expectAccessible(page)
  await expectFitsPhone(page)
  await chart.getByRole('button', { name: /PowerPC/ }).click()
  await expect(page).toHaveURL(/type=PowerPC/)
  await expect(page.getByRole('table', { name: 'Binaries' })).not.toContainText('usr/bin/helper')
})

test('packages are searched; layers show sizes, sharing and a Dockerfile', async ({ page, world }) => {
  await page.goto(inside(world.diff.wrong.reference, 'linux/ppc64le', 'packages'))
  const packages = page.getByRole('table', { name: 'Packages' })
  await expect(packages.getByRole('row', { name: /libapp/ })).toContainText('2.0-1', { timeout: 30_000 })
  await page.getByRole('textbox', { name: 'Search packages by name or version' }).fill('2026a')
  await expect(packages.getByRole('row')).toHaveCount(2)
  await expectAccessible(page)
  await page.getByRole('navigation', { name: 'Parts' }).getByRole('link', { name: 'Layers' }).click()
  await expect(page).toHaveURL(/view=layers/)
  await expect(page.getByRole('table', { name: 'Layers, the lowest first' })).toBeVisible()
  await expect(page.getByText('# Not known: the base image.')).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('a layer that cannot be read is named, and the rest is shown', async ({ page, world }) => {
  await page.goto(inside(world.diff.broken.reference, 'linux/ppc64le', 'files'))
  const told = page.getByText(/could not be read$/)
  await expect(told).toBeVisible({ timeout: 30_000 })
  await expect(item(page, /^usr\//)).toBeVisible()
  await expectAccessible(page)
  const again = page.waitForRequest((request) => request.headers()['cache-control'] === 'no-cache')
  await page.getByRole('button', { name: 'Read again' }).click()
  expect((await again).url()).toContain('/api/v1/images/files?')
  await expect(page.getByRole('button', { name: 'Read again' })).toBeEnabled({ timeout: 30_000 })
  await expect(told).toBeVisible()
  await expectFitsPhone(page)
})

test('layers that are read are counted, and leaving ends the reading', async ({ page, world }) => {
  await page.route(/api\/v1\/images\/packages/, () => {})
  const asked = page.waitForRequest(/images\/packages/)
  await page.goto(inside(world.diff.wrong.reference, 'linux/ppc64le', 'packages'))
  expect((await asked).headers().accept).toContain('text/event-stream')
  await expect(page.getByText(/^Reading 2 layers, \d/)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
  const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('images/packages'))
  await page.getByRole('navigation', { name: 'Parts' }).getByRole('link', { name: 'Layers' }).click()
  await ended
})

test('a closed tab ends the reading on the server: the registry is let go', async ({ context }) => {
  await using registry = await startHangingRegistry()
  for (const view of ['packages', 'files'] as const) {
    const tab = await context.newPage()
    const before = registry.asked
    await tab.goto(inside(registry.reference, 'linux/amd64', view))
    await expect.poll(() => registry.asked, { timeout: 30_000 }).toBe(before + 1)
    expect(registry.hanging).toBe(1)
    await tab.close()
    await expect.poll(() => registry.hanging, { timeout: 30_000 }).toBe(0)
  }
})

test('what is not there says so', async ({ page, world }) => {
  await page.goto(inside(world.diff.wrong.reference, 'linux/riscv64', 'files'))
  await expect(page.getByText(/There is no readable image for linux\/riscv64 here/)).toBeVisible()
  await expectAccessible(page)
  await page.goto(inside(world.sample.newest.reference, 'linux/ppc64le', 'packages'))
  await expect(page.getByText('No package database')).toBeVisible({ timeout: 30_000 })
})
