import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const field = 'Repository, image or registry URL'

test('a pasted reference leads to the image, a repository to its tags', async ({ page, world }) => {
  await page.goto('/')
  await page.getByRole('textbox', { name: field }).fill(`docker pull ${world.sample.newest.reference}`)
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page).toHaveURL(/\/image\?ref=/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('power/multiarch-app')
  await page.keyboard.press('/')
  await page.keyboard.type(`http://${world.sample.reference.replace('/', '/v2/')}/tags/list`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tags\?repository=/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(world.sample.reference)
})

test('what leads nowhere is told under the field, and the page stays usable', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('textbox', { name: field }).fill('Upper/Case')
  await page.keyboard.press('Enter')
  await expect(page.getByText('upper-case letters')).toBeVisible()
  await expect(page).toHaveURL(/\/$/)
  await expectAccessible(page)
})

test('opened repositories are remembered, can be pinned and forgotten', async ({ page, world }) => {
  const name = world.loggedIn.public.reference.replace(/:[^:/]+$/, '')
  await page.goto(`/tags?repository=${name}`)
  await expect(page.getByRole('link', { name: '1.27.0', exact: true })).toBeVisible()
  await page.goto('/')
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT')
  await page.getByRole('button', { name: `Pin ${name}` }).click()
  await saved
  await page.reload()
  await expect(page.getByRole('button', { name: `Unpin ${name}` })).toBeVisible()
  const forgotten = page.waitForResponse((response) => response.request().method() === 'PUT')
  await page.getByRole('button', { name: `Remove ${name}` }).click()
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
  await forgotten
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
})

test('the sample opens without any registry', async ({ page }) => {
  await page.goto('/')
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page
    .getByRole('link', { name: 'Open the sample' })
    .or(page.getByRole('link', { name: 'oci:samples/multiarch-app' }))
    .first()
    .click()
  await expect(page).toHaveURL(/\/image\?ref=oci:samples\/multiarch-app/)
  for (const platform of ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']) {
    await expect(page.getByText(platform).first()).toBeVisible()
  }
})

test('the palette opens from the keyboard and goes to what is typed', async ({ page, world }) => {
  await page.goto('/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(world.sample.reference)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tags\?repository=/)
})

test('an address that is no page says so', async ({ page }) => {
  const response = await page.goto('/nothing/here')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page)
})
