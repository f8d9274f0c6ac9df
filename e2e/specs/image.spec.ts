import type { OddTag } from '../lab/seed-odd.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const imagePage = (reference: string, more = '') => `/image?ref=${reference}${more}`
const PRIMARY = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']

test('an image shows index beside config for every platform, and claims no more than was looked at', async ({
  page,
  world,
}) => {
  await page.goto(imagePage(world.sample.newest.reference))
  const table = page.getByRole('table').first()
  for (const platform of PRIMARY) await expect(table.getByText(platform, { exact: true })).toBeVisible()
  await expect(page.getByText('Index and config agree on all 4 platforms')).toBeVisible()
  await expect(page.getByText(/Binaries were not looked at, nothing was run/)).toBeVisible()
  await expect(page.getByText(`archway inspect ${world.sample.newest.reference}`)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('a platform’s details are a URL', async ({ page, world }) => {
  await page.goto(imagePage(world.sample.newest.reference))
  await page
    .getByRole('tab', { name: /linux\/ppc64le/ })
    .or(page.getByRole('link', { name: /linux\/ppc64le/ }))
    .first()
    .click()
  await expect(page).toHaveURL(/platform=linux/)
  const child = world.sample.newest.children.find((entry) => entry.platform === 'linux/ppc64le')
  await expect(page.getByText(child?.digest ?? 'no digest').first()).toBeVisible()
  await page.reload()
  await expect(page.getByText(child?.digest ?? 'no digest').first()).toBeVisible()
})

test('a config that says another platform is named with both values', async ({ page, world }) => {
  await page.goto(imagePage(world.odd.tags['config-mismatch'].reference))
  await expect(page.getByText('Do not ship.')).toBeVisible()
  await expect(page.getByText('META-001').first()).toBeVisible()
  await expect(
    page.getByText(/The index says linux\/ppc64le, the image’s own config says linux\/amd64/).first(),
  ).toBeVisible()
  await expectAccessible(page)
})

test('a child that is not in the registry is missing, and the page shows the rest', async ({
  page,
  world,
}) => {
  await page.goto(imagePage(world.odd.tags.sparse.reference))
  await expect(page.getByText('Missing').filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByText(/agree on 3 of 4 platforms/)).toBeVisible()
  await expectAccessible(page)
})

for (const tag of ['attestations-legacy', 'attestations-artifact'] as const) {
  test(`${tag}: attestations are under their image, never platforms`, async ({ page, world }) => {
    await page.goto(imagePage(world.odd.tags[tag].reference))
    const table = page.getByRole('table').first()
    await expect(table.getByText('linux/ppc64le', { exact: true })).toBeVisible()
    await expect(table.getByText(/unknown/)).toHaveCount(0)
    await expect(page.getByText(/4 attestations/).first()).toBeVisible()
    await expect(page.getByText(/spdx|SBOM/i).first()).toBeVisible()
    await expectAccessible(page)
  })
}

test('the raw manifest is there, byte for byte', async ({ page, world }) => {
  await page.goto(imagePage(world.sample.newest.reference))
  await page.getByText('Raw manifest').last().click()
  await expect(page.getByText('application/vnd.oci.image.index.v1+json').first()).toBeVisible()
  await expectAccessible(page)
})

const PAGES: Readonly<Partial<Record<OddTag, RegExp>>> = {
  windows: /10\.0\.17763/,
  nested: /linux\/ppc64le/,
  duplicate: /COV-005/,
  'same-digest': /META-002/,
  'variant-power9': /ppc64le\/power9/,
  'missing-platform': /linux\/ppc64le/,
  'no-media-type': /agree on all 4 platforms/,
  'docker-list': /agree on all 4 platforms/,
  'mixed-docker-oci': /agree on all 4 platforms/,
  'with-referrers': /linux\/ppc64le/,
  single: /single image/,
  artifact: /Not a container image/,
  'empty-index': /index/,
}
for (const [tag, says] of Object.entries(PAGES)) {
  test(`the page of “${tag}” makes sense`, async ({ page, world }) => {
    const failures: string[] = []
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(imagePage(world.odd.tags[tag as OddTag].reference))
    await expect(page.getByText(says).filter({ visible: true }).first()).toBeVisible()
    await expectAccessible(page)
    await expectFitsPhone(page)
    expect(failures).toEqual([])
  })
}

test('a tag that is not there says so, and leads back to the tags', async ({ page, world }) => {
  await page.goto(imagePage(`${world.odd.reference}:gone`))
  await expect(page.getByText('manifest_unknown')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'All tags' }).click()
  await expect(page).toHaveURL(/\/tags\?repository=/)
})
