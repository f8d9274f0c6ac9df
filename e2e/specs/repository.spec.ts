import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const tagsPage = (reference: string, more = '') => `/tags?repository=${reference}${more}`

test('a repository shows every platform of every tag, and where one was lost', async ({ page, world }) => {
  await page.goto(tagsPage(world.sample.reference))
  const newest = page.getByRole('row', { name: /^1\.27\.0 / })
  await expect(newest.getByRole('cell', { name: 'present' })).toHaveCount(4)
  await expect(
    page.getByRole('row', { name: /^1\.24\.3 / }).getByRole('cell', { name: 'missing' }),
  ).toHaveCount(1)
  await expect(page.getByText(/linux\/ppc64le was lost at/).first()).toContainText('1.18.0')
  await expect(page.getByText(/came back at/).first()).toContainText('1.25.0')
  await expect(newest.getByRole('cell', { name: /\d\.\d kB present/ })).toHaveCount(4)
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('filters are a URL, and so is their twin', async ({ page, world }) => {
  await page.goto(tagsPage(world.sample.reference))
  await page.getByRole('button', { name: /missing linux\/ppc64le · 17/ }).click()
  await expect(page).toHaveURL(/missing=linux/)
  await expect(page.getByRole('row', { name: /^1\.27\.0 / })).toHaveCount(0)
  await expect(page.getByRole('row', { name: /^1\.24\.3 / })).toBeVisible()
  await expect(page.getByText(`archway tags ${world.sample.reference} --missing linux/ppc64le`)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('row', { name: /^1\.27\.0 / })).toHaveCount(0)
  await expect(page.getByRole('row', { name: /^1\.24\.3 / })).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter tags by name' }).fill('1.19')
  await expect(page.getByRole('row', { name: /^1\.24\.3 / })).toHaveCount(0)
  await expect(page.getByRole('row', { name: /^1\.19\.0 / })).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter tags by name' }).fill('nothing like it')
  await expect(page.getByRole('row', { name: /^1\.19\.0 / })).toHaveCount(0)
  await expectAccessible(page)
})

test('TAG-ARCH tags are folded under their tag, and one that moved on is marked', async ({ page, world }) => {
  await page.goto(tagsPage(world.sample.reference))
  await expect(page.getByRole('row', { name: /^1\.27\.0-ppc64le/ })).toHaveCount(0)
  const moved = page.getByRole('button', { name: /1 moved of 4 arch tags joined into 1\.26\.0/ })
  await moved.click()
  await expect(page.getByText(world.sample.moved.tag).first()).toBeVisible()
  await expectAccessible(page)
})

test('twenty thousand tags scroll, and the oldest is a key away', async ({ page, world }) => {
  await page.goto(tagsPage(world.huge.reference))
  await expect(page.getByRole('table').getByRole('link', { name: '20.0.0', exact: true })).toBeVisible()
  await expect(page.getByText('20,000 tags')).toBeVisible()
  // The page may not be live yet, and it grows when it is: a person would scroll again.
  await expect(async () => {
    await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight / 2 }))
    await expect(page.getByRole('link', { name: /^(?:9|10)\.\d+\.\d+$/ }).first()).toBeVisible({
      timeout: 5_000,
    })
  }).toPass({ timeout: 60_000 })
  expect(await page.getByRole('row').count()).toBeLessThan(200)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0)
})

test('rows can be walked with the arrows and opened with Enter', async ({ page, world }) => {
  await page.goto(tagsPage(world.sample.reference))
  await page.getByRole('link', { name: '1.27.0', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/image\?ref=.*1\.26\.1/)
})

test('a private repository says how to sign in; with a login it is just there', async ({ page, world }) => {
  const repository = (reference: string) => reference.replace(/:[^:/]+$/, '')
  await page.goto(tagsPage(repository(world.loggedOut.private.reference)))
  await expect(page.getByText(/docker login/).first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(tagsPage(repository(world.loggedIn.private.reference)))
  await expect(page.getByRole('link', { name: '1.27.0', exact: true })).toBeVisible()
})

test('a repository that is not there, and an address that is none, say so', async ({ page, world }) => {
  await page.goto(tagsPage(world.sample.reference.replace('power', 'nobody')))
  await expect(page.getByText(/knows no repository/)).toBeVisible()
  await page.goto(tagsPage('Upper/Case'))
  await expect(page.getByText(/upper-case letters/)).toBeVisible()
  await expectAccessible(page)
})

test('referrers fallback tags are set apart', async ({ page, world }) => {
  await page.goto(tagsPage(world.odd.reference))
  await expect(page.getByRole('row', { name: /^with-referrers / })).toBeVisible()
  await expect(page.getByRole('row', { name: /^sha256-/ })).toHaveCount(0)
})
