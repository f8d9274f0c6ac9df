import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const imagePage = (reference: string) => `/image?ref=${encodeURIComponent(reference)}`

test('a release that lost a platform says so, although it is right by itself', async ({ page, world }) => {
  const { releases, lostAt } = world.sample
  const lost = releases.find(({ version }) => version === lostAt)
  await page.goto(imagePage(lost?.reference ?? ''))
  await expect(page.getByText('Do not ship.')).toBeVisible()
  const findings = page.locator('#findings')
  await expect(findings.getByText('A platform was lost')).toBeVisible()
  await expect(findings.getByText(/1\.17\.1 has this platform/)).toBeVisible()
  await expect(findings.getByText('Comparing with other tags')).toHaveCount(0)
  await expectAccessible(page)
  await expectFitsPhone(page)
})

test('a clean image says which checks looked', async ({ page, world }) => {
  await page.goto(imagePage(world.sample.newest.reference))
  const findings = page.locator('#findings')
  await expect(findings.getByText(/No finding\. \d+ checks looked/)).toBeVisible()
  await expect(findings.getByText('SUP-001')).toBeVisible()
  await expect(page.getByText('Do not ship.')).toHaveCount(0)
  await expectAccessible(page)
})

test('a person has the layers looked into: a binary of another architecture, found without running anything', async ({
  page,
  world,
}) => {
  await page.goto(imagePage(world.runImages.tags['amd64-inside'].reference))
  const findings = page.locator('#findings')
  await expect(
    findings.getByText(/Binaries, packages and files of every platform: reads \d+ layers?/),
  ).toBeVisible()
  await findings.getByRole('button', { name: 'Look into the layers' }).click()
  const found = page.getByRole('region', { name: 'Findings in the layers' })
  await expect(found.getByText('The entrypoint is a binary for another architecture')).toBeVisible()
  await expect(found.getByText(/\d+ checks looked at their files: .*PKG-001/)).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)

  await page.goto(imagePage(world.sample.newest.reference))
  await page.getByRole('button', { name: 'Look into the layers' }).click()
  await expect(found.getByText('No finding in the layers.')).toBeVisible()
})

test('what could not be looked at is said, with the checks that missed it', async ({ page, world }) => {
  await page.goto(imagePage(world.odd.tags.sparse.reference))
  await expect(
    page.locator('#findings').getByText(/not judged: linux\/ppc64le: manifest or config/),
  ).toBeVisible()
})

test('the API gives the same with checks=all, and answers without other tags otherwise', async ({
  request,
  world,
}) => {
  const lost = world.sample.releases.find(({ version }) => version === world.sample.lostAt)
  const ask = async (more: string) => {
    const answer = await request.get(`/api/v1/images?ref=${encodeURIComponent(lost?.reference ?? '')}${more}`)
    return (await answer.json()) as { findings: { code: string }[]; checked: string[] }
  }
  expect((await ask('&checks=all')).findings.map(({ code }) => code)).toEqual(['COV-002'])
  const own = await ask('')
  expect(own.findings).toEqual([])
  expect(own.checked).not.toContain('COV-002')
})
