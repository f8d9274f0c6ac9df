import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const TESTS = `schemaVersion: "2.0.0"
commandTests:
  - { name: ends with one, command: /behave, args: [exit], exitCode: 1 }
  - { name: says nothing, command: /behave, args: [both], excludedOutput: ["out"] }
metadataTest: { entrypoint: [/behave, both] }
`

test('tests of one’s own, pasted, run, and told one by one in the report', async ({ page, world }) => {
  test.setTimeout(150_000)
  await page.goto(`/validate?ref=${world.runImages.reference}:both&platforms=linux/amd64`)
  await page.getByText('Tests of your own').click()
  const field = page.getByRole('textbox', { name: 'container-structure-test file', exact: true })
  await field.fill('nothing')
  await expect(page.getByText('It names no schemaVersion')).toBeVisible()
  await field.fill(`${TESTS}licenseTests: []\n`)
  await expect(page.getByText('licences are not judged here')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start' })).toBeDisabled()
  await page.getByRole('button', { name: 'Line 6' }).click()
  await expect(field).toBeFocused()
  await expectAccessible(page)
  await page.getByLabel('Choose a container-structure-test file').setInputFiles({
    name: 'tests.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(TESTS),
  })
  await expect(field).toHaveValue(TESTS)
  await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled()
  await page.getByText('Command, environment, files, limits').click()
  await page.getByRole('textbox', { name: 'Memory, MiB' }).fill('128')
  await expect(page.getByText('--memory 128 --tests tests.yaml')).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('link', { name: 'Open the report' }).click({ timeout: 90_000 })
  await expect(page.getByText('A test failed').first()).toBeVisible()
  await expect(page.getByText('/out/ is in its output, and must not be.').first()).toBeVisible()
  await expectAccessible(page)
  await expectFitsPhone(page)
})
