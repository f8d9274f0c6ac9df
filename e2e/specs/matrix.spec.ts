import type { Page } from '@playwright/test'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const matrixPage = (reference: string, more = '') => `/matrix?ref=${reference}${more}`
const table = (page: Page) => page.getByRole('table', { name: 'All platforms' })
const row = (page: Page, name: RegExp) => table(page).getByRole('row', { name })
const READ = { timeout: 30_000 }

test('from an image to the platform that is not like the others', async ({ page, world }) => {
  await page.goto(`/image?ref=${world.matrix.skewed.reference}`)
  await page.getByRole('link', { name: 'Matrix', exact: true }).click()
  await expect(page).toHaveURL(/\/matrix\?ref=/)
  await expect(page.getByText('Something is wrong.')).toBeVisible(READ)
  await expect(page.getByText(/^4 platforms agree on 401 of 404 packages and 5 of 7 settings/)).toBeVisible()
  await expect(row(page, /^libapp dpkg/)).toContainText('other version')
  await expect(row(page, /^libextra dpkg/)).toContainText('missing')
  await expect(row(page, /^libvector dpkg/)).toContainText('only here')
  await expect(row(page, /^MODE Environment/)).toContainText('safe')
  await expect(row(page, /^Health check/)).toContainText('not set')
  await expect(row(page, /^ELF files/)).toContainText('1 wrong')
  await expect(row(page, /common-000/)).toHaveCount(0)
  await expect(page.getByText(/^archway matrix \S+lab\/matrix:1\.0$/)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
  await expectAccessible(page)
})

test('all rows, of which only those in view exist; searched, narrowed and opened', async ({
  page,
  world,
}) => {
  await page.goto(matrixPage(world.matrix.skewed.reference))
  await expect(row(page, /^libapp/)).toBeVisible(READ)
  await page.getByRole('button', { name: /^All 411/ }).click()
  await expect(page).toHaveURL(/show=all/)
  await expect(row(page, /^common-000/)).toHaveCount(1, READ)
  expect(await table(page).getByRole('row').count()).toBeLessThan(80)
  await page.getByRole('textbox', { name: 'Search rows by name or value' }).fill('common-37')
  await expect(row(page, /^common-37\d/)).toHaveCount(10)
  await expect(page).toHaveURL(/q=common-37/)
  await page.getByRole('textbox', { name: 'Search rows by name or value' }).press('Escape')
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page).toHaveURL(/kind=config/)
  await expect(row(page, /^libapp/)).toHaveCount(0)
  await table(page).getByRole('link', { name: 'LD_LIBRARY_PATH' }).click()
  await expect(page).toHaveURL(/row=config\/env\/LD_LIBRARY_PATH/)
  await expect(row(page, /^LD_LIBRARY_PATH/)).toContainText('/usr/lib/powerpc64le-linux-gnu')
})

test('an address leads to a row far down, also to one that does not differ', async ({ page, world }) => {
  await page.goto(matrixPage(world.matrix.skewed.reference, '&show=all&row=packages/dpkg/common-350'))
  await expect(page.locator('[aria-current=location]')).toContainText('common-350', READ)
  await expect(page.locator('[aria-current=location]')).toBeInViewport()
  await expectAccessible(page)
  await page.goto(matrixPage(world.matrix.skewed.reference, '&row=packages/dpkg/common-350'))
  await page.getByRole('button', { name: 'Show all rows' }).click(READ)
  await expect(page.locator('[aria-current=location]')).toContainText('common-350', READ)
})

test('platforms are chosen in the address, at least two of them', async ({ page, world }) => {
  await page.goto(matrixPage(world.matrix.skewed.reference))
  await expect(row(page, /^libapp/)).toBeVisible(READ)
  const chips = page.getByRole('group', { name: 'Platforms' })
  await chips.getByRole('button', { name: /ppc64le/ }).click()
  await expect(page).toHaveURL(/platform=linux\/amd64&platform=linux\/arm64&platform=linux\/s390x/)
  await expect(row(page, /^libapp/)).toHaveCount(0)
  await chips.getByRole('button', { name: /s390x/ }).click()
  await expect(page.getByText('All agree.')).toBeVisible(READ)
  await expect(table(page).getByText('No package differs')).toBeVisible()
  await expect(chips.getByRole('button', { name: /amd64/ })).toBeDisabled()
  await expectAccessible(page)
})

test('what could not be looked at is named, and never called missing', async ({ page, world }) => {
  await page.goto(matrixPage(world.matrix.broken.reference, '&show=all&q=lib'))
  await expect(page.getByText('Not all of it was looked at.')).toBeVisible(READ)
  const faults = page.getByRole('alert').filter({ hasText: 'Not everything could be looked at' })
  await expect(faults).toContainText('manifest_unknown')
  await expect(faults).toContainText('layer 1')
  await expect(faults).toContainText('the dpkg database var/lib/dpkg/status')
  await expect(row(page, /^libapp/)).toContainText('not looked at')
  await expect(table(page)).not.toContainText('missing')
  await expectAccessible(page)
  const again = page.waitForRequest((request) => request.headers()['cache-control'] === 'no-cache')
  await page.getByRole('button', { name: 'Read again' }).click()
  expect((await again).url()).toContain('/api/v1/matrix?')
  await expect(page.getByRole('button', { name: 'Read again' })).toBeEnabled(READ)
  await expectFitsPhone(page)
})

test('a reference that is not there says so; without one the page asks for it', async ({ page, world }) => {
  await page.goto(matrixPage(`${world.matrix.reference}:nothing`))
  await expect(page.getByText('manifest_unknown')).toBeVisible()
  await expectAccessible(page)
  await page.goto('/matrix')
  await page.getByRole('textbox', { name: 'Image', exact: true }).fill(world.matrix.even.reference)
  await page.getByRole('button', { name: 'Compare all' }).click()
  await expect(page.getByText('All agree.')).toBeVisible(READ)
  await expectAccessible(page)
})

test('who waits for layers gets the answer that JSON has', async ({ request, world }) => {
  const address = `/api/v1${matrixPage(world.matrix.even.reference)}`
  const events = await request.get(address, { headers: { Accept: 'text/event-stream' } })
  expect(events.headers()['content-type']).toContain('text/event-stream')
  const told = (await events.text()).split('\n\n').filter((event) => event.startsWith('event: '))
  const [name, data = ''] = told.at(-1)?.split('\ndata: ') ?? []
  expect(name).toBe('event: answer')
  expect(JSON.parse(data)).toEqual(await (await request.get(address)).json())
})
