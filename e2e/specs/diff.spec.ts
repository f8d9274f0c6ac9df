import type { Page } from '@playwright/test'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const BOTH = '&fromPlatform=linux/amd64&toPlatform=linux/ppc64le'
const diffPage = (reference: string, more = BOTH) => `/diff?from=${reference}${more}`
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('from an image to what is wrong with its ppc64le', async ({ page, world }) => {
  await page.goto(`/image?ref=${world.diff.wrong.reference}`)
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await expect(page).toHaveURL(/\/diff\?from=.*fromPlatform=linux\/amd64&toPlatform=linux\/ppc64le/)
  await expect(page.getByText('Something is wrong.')).toBeVisible({ timeout: 30_000 })
  await expect(
    page.getByText('usr/bin/helper in linux/ppc64le is x86-64, 64-bit, little-endian.'),
  ).toBeVisible()
  await expect(part(page, 'Config').getByRole('row', { name: /revision/ })).toContainText('77aa0b1')
  await expect(part(page, 'Packages').getByRole('row', { name: /libapp/ })).toContainText('2.0-1')
  await expect(part(page, 'Layers').getByTitle('Made by the same step, with other content')).toHaveCount(2)
  await expect(part(page, 'Layers').getByRole('link', { name: /^linux\/ppc64le \d/ })).toHaveAttribute(
    'href',
    /platform=linux\/ppc64le&view=layers/,
  )
  await expect(part(page, 'Programs and libraries').getByText('wrong architecture').first()).toBeVisible()
  await expect(page.getByText(/^archway diff .* --from linux\/amd64 --to linux\/ppc64le$/)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
  await expectAccessible(page)
})

test('of many files only those in view exist; they are searched, filtered, and linked to', async ({
  page,
  world,
}) => {
  await page.goto(diffPage(world.diff.wrong.reference))
  const files = part(page, 'Files')
  await expect(files.getByText(/1,2\d\d differences/)).toBeVisible({ timeout: 30_000 })
  expect(await files.getByRole('listitem').count()).toBeLessThan(100)
  await files.getByRole('textbox', { name: 'Search files by path' }).fill('app.conf')
  await expect(files.getByRole('listitem')).toHaveCount(1)
  await expect(files.getByRole('listitem')).toContainText('mode 0644 → 0755')
  await expect(page).toHaveURL(/q=app\.conf/)
  await files.getByRole('textbox', { name: 'Search files by path' }).press('Escape')
  await files.getByRole('button', { name: /^removed/ }).click()
  await expect(files.getByText(/of 1,2\d\d shown/)).toBeVisible()
  await page.goto(`${diffPage(world.diff.wrong.reference)}#file-usr/share/app/asset-0900.txt`)
  await expect(page.locator('[aria-current=location]')).toContainText('asset-0900.txt', { timeout: 30_000 })
  await expect(page.locator('[aria-current=location]')).toBeInViewport()
})

test('an address leads to a file beyond the first page of many', async ({ page, world }) => {
  // As if a page of the answer held few of them.
  const asked: string[] = []
  await page.route(/\/api\/v1\/diff\?/, (route) => {
    const url = route.request().url().replace('limit=5000', 'limit=500')
    asked.push(url)
    return route.continue({ url })
  })
  await page.goto(`${diffPage(world.diff.wrong.reference)}#file-usr/share/app/asset-1150.txt`)
  const line = page.locator('[aria-current=location]')
  await expect(line).toContainText('asset-1150.txt', { timeout: 30_000 })
  await expect(line).toBeInViewport()
  await expect(part(page, 'Files').getByRole('region', { name: /^Unified diff of/ })).toBeVisible()
  expect(asked.map((url) => new URL(url).searchParams.get('cursor'))).toEqual([null, '500', '1000'])
})

test('every line has an address: a setting, a layer, a package', async ({ page, world }) => {
  const address = diffPage(world.diff.wrong.reference)
  const line = page.locator('[aria-current=location]')
  await page.goto(`${address}#packages/dpkg/libapp`)
  await expect(line).toContainText('2.0-1', { timeout: 30_000 })
  await expect(line).toBeInViewport()
  const setting = part(page, 'Config').getByRole('row', { name: /revision/ })
  await setting.hover()
  await setting.getByRole('link', { name: /^Link to labels org/ }).click()
  await expect(page).toHaveURL(/#config\/labels\/org\.opencontainers\.image\.revision$/)
  await expect(line).toContainText('77aa0b1')
  await page.goto('about:blank')
  await page.goto(`${address}#layers/2`)
  await expect(line).toContainText('COPY')
  await expect(line.getByText(/^sha256:/).first()).toBeVisible()
})

test('a line of a text has an address, also one that is folded away', async ({ page, world }) => {
  await page.goto(`${diffPage(world.diff.wrong.reference)}#file-etc/texts/settings.conf:R31`)
  const text = page.getByRole('region', { name: /^Unified diff of/ })
  const marked = text.locator('[aria-current=location]')
  await expect(marked).toContainText('setting-30 = 30', { timeout: 30_000 })
  await expect(marked).toBeInViewport()
  await text.getByRole('link', { name: '5', exact: true }).last().click()
  await expect(page).toHaveURL(/#file-etc\/texts\/settings\.conf:R5$/)
  await expect(marked).toContainText('port = 9090')
})

test('a file is opened: both sides of it, and what differs line by line', async ({ page, world }) => {
  await page.goto(diffPage(world.diff.wrong.reference))
  const files = part(page, 'Files')
  const row = (name: string) => files.getByRole('listitem').filter({ hasText: name })
  await files.getByRole('textbox', { name: 'Search files by path' }).fill('etc/texts', { timeout: 30_000 })
  await files.getByRole('link', { name: 'etc/texts/settings.conf' }).click()
  await expect(page).toHaveURL(/#file-etc\/texts\/settings\.conf$/)
  const text = row('settings.conf').getByRole('region', { name: /^Unified diff of/ })
  await expect(text.getByRole('row', { name: /^5 removed port = 8080$/ })).toBeVisible()
  await expect(text.getByRole('row', { name: /^5 added port = 9090$/ })).toBeVisible()
  await expect(row('settings.conf').getByText(/--file etc\/texts\/settings\.conf$/)).toBeVisible()
  const heightPx = (await text.boundingBox())?.height
  await text.getByRole('button', { name: '49 equal lines folded away' }).click()
  await expect(text.getByRole('row', { name: /setting-30/ })).toHaveCount(1)
  expect((await text.boundingBox())?.height).toBe(heightPx)
  await files.getByRole('link', { name: 'etc/texts/hostile' }).click()
  const hostile = row('texts/hostile').getByRole('region', { name: /^Unified diff of/ })
  await expect(hostile).toContainText('<script>alert(1)</script>U+001B[31mU+202Etwo')
  await files.getByRole('link', { name: 'etc/texts/logo' }).click()
  await expect(row('texts/logo')).toContainText('It is no text on both sides.')
  await expect(row('texts/logo').getByText(/^[0-9a-f]{64}$/)).toHaveCount(2)
  await expectFitsPhone(page)
  await expectAccessible(page)
  await files.getByRole('link', { name: 'etc/texts/settings.conf' }).click()
  await expect(text).toHaveCount(0)
})

test('an address leads to a file that no list shows', async ({ page, world }) => {
  const path = 'usr/lib/powerpc64le-linux-gnu/libapp.so.2'
  await page.goto(`${diffPage(world.diff.wrong.reference)}#file-${path}`)
  const asked = page.getByRole('region', { name: 'Path of the address' })
  await expect(asked).toContainText('folded away', { timeout: 30_000 })
  await expect(asked.getByRole('row', { name: /^SHA-256/ })).toBeVisible()
  await expect(asked).toBeInViewport()
  await page.goto('about:blank')
  await page.goto(`${diffPage(world.diff.wrong.reference)}#file-no/such`)
  await expect(asked).toContainText('Neither side has no/such.', { timeout: 30_000 })
})

test('what is expected to differ is counted, and shown by a switch that is in the address', async ({
  page,
  world,
}) => {
  await page.goto(diffPage(world.diff.right.reference))
  await expect(page.getByText('Nothing differs but what must.')).toBeVisible({ timeout: 30_000 })
  const chip = page.getByRole('button', { name: 'programs of the right architecture 2' })
  await expect(chip).toHaveAttribute('aria-pressed', 'false')
  await chip.click()
  await expect(chip).toHaveAttribute('aria-pressed', 'true')
  await expect(page).toHaveURL(/unfold=native-binary/)
  await expect(part(page, 'Files').getByRole('listitem').first()).toContainText('expected')
  await page.reload()
  await expect(chip).toHaveAttribute('aria-pressed', 'true', { timeout: 30_000 })
  await expectAccessible(page)
})

test('two sides are chosen and swapped by address alone', async ({ page, world }) => {
  await page.goto(diffPage(world.diff.wrong.reference))
  await page.getByRole('link', { name: 'Swap the sides' }).click()
  await expect(page).toHaveURL(/fromPlatform=linux\/ppc64le&toPlatform=linux\/amd64/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compare linux/ppc64le with linux/amd64')
  await page.getByRole('textbox', { name: 'To', exact: true }).fill(world.diff.right.reference)
  await page.getByRole('combobox', { name: 'Platform, to' }).selectOption('')
  await page.getByRole('combobox', { name: 'Platform, from' }).selectOption('')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const table = page.getByRole('table', { name: 'Platforms of both references' })
  await expect(table.getByRole('row', { name: /linux\/s390x/ })).toContainText('Only in the second')
  await expect(table.getByRole('row', { name: /linux\/ppc64le/ })).toContainText('revision differs')
  await expectAccessible(page)
  await expectFitsPhone(page)
  await table.getByRole('link', { name: 'linux/ppc64le', exact: true }).click()
  await expect(page).toHaveURL(/fromPlatform=linux\/ppc64le&toPlatform=linux\/ppc64le/)
  await expect(part(page, 'Packages').getByRole('row', { name: /libapp/ })).toContainText('2.2-1', {
    timeout: 30_000,
  })
})

test('a layer that cannot be read is told, and the rest is compared', async ({ page, world }) => {
  await page.goto(diffPage(world.diff.broken.reference))
  await expect(page.getByText('A layer could not be read')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Not all of it was looked at.')).toBeVisible()
  await expect(part(page, 'Packages').getByRole('row', { name: /libapp/ })).toBeVisible()
  await expectAccessible(page)
  const again = page.waitForRequest((request) => request.headers()['cache-control'] === 'no-cache')
  await page.getByRole('button', { name: 'Read again' }).click()
  expect((await again).url()).toContain('/api/v1/diff?')
  await expect(page.getByRole('button', { name: 'Read again' })).toBeEnabled({ timeout: 30_000 })
})

test('the sample’s two architectures differ in what they must alone', async ({ page, world }) => {
  await page.goto(diffPage(world.sample.newest.reference))
  await expect(page.getByText(/Nothing (differs but what must|stands out)\./)).toBeVisible({
    timeout: 30_000,
  })
})

test('the very same image on both sides is called identical', async ({ page, world }) => {
  const { newest, aliases } = world.sample
  await page.goto(diffPage(newest.reference, `&to=${aliases[0]?.reference}&fromPlatform=linux/ppc64le`))
  await expect(page.getByText('Identical.')).toBeVisible()
  await expectAccessible(page)
})

test('what cannot be compared says why, in place', async ({ page, world }) => {
  await page.goto(diffPage(world.diff.wrong.reference, '&fromPlatform=linux/amd64&toPlatform=linux/riscv64'))
  await expect(page.getByText(/has no image for linux\/riscv64/)).toBeVisible()
  await expect(page.getByText(/It has linux\/amd64, linux\/ppc64le/)).toBeVisible()
  await expectAccessible(page)
  await page.goto('/diff?from=Upper/Case')
  await expect(page.getByText(/upper-case letters/)).toBeVisible()
  await page.goto('/diff')
  await expect(page.getByRole('textbox', { name: 'From', exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('who waits for layers hears how far they are, and gets the same answer', async ({ request, world }) => {
  const address = `/api/v1${diffPage(world.diff.right.reference)}`
  const events = await request.get(address, { headers: { Accept: 'text/event-stream' } })
  expect(events.headers()['content-type']).toContain('text/event-stream')
  const told = (await events.text()).split('\n\n').filter((event) => event.startsWith('event: '))
  const [name, data = ''] = told.at(-1)?.split('\ndata: ') ?? []
  expect(name).toBe('event: answer')
  expect(JSON.parse(data)).toEqual(await (await request.get(address)).json())
  expect(told.slice(0, -1).every((event) => event.startsWith('event: progress\n'))).toBe(true)
  const refused = await request.get('/api/v1/diff?from=UPPER', { headers: { Accept: 'text/event-stream' } })
  expect(await refused.text()).toContain('event: problem\n')
})
