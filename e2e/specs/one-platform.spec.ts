import { runAccepted } from '#lib/api/runs.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

/** Two platforms on a machine that does other things too. */
const RUN_MS = 75_000

test('one platform is asked otherwise, as the twin says, and the report tells it', async ({
  page,
  world,
}) => {
  test.setTimeout(180_000)
  const reference = `${world.runImages.reference}:exit`
  await page.goto(`/validate?ref=${reference}`)
  await page.getByRole('textbox', { name: 'Exit code' }).fill('1')
  await page.getByText('Different on one platform').click()
  await page.getByRole('button', { name: 'linux/ppc64le' }).click()
  const own = page.getByRole('group', { name: 'On linux/ppc64le' })
  await expect(own.getByRole('textbox', { name: 'Expected output' })).toBeFocused()
  await own.getByRole('textbox', { name: 'Exit code' }).fill('256')
  await expect(own.getByText('An exit code is a whole number from 0 to 255.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start' })).toBeDisabled()
  await expectAccessible(page)
  await own.getByRole('textbox', { name: 'Exit code' }).fill('0')
  await own.getByText('Command, environment, files, limits, network').click()
  await own.getByRole('textbox', { name: 'Entrypoint' }).fill('/behave both')
  await own.getByRole('combobox', { name: 'Network' }).selectOption('none')
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(
    page.getByText(
      `archway validate ${reference} --expect-exit-code 1 --on linux/ppc64le:expect-exit-code=0` +
        ' --on linux/ppc64le:no-network --on linux/ppc64le:entrypoint=/behave --on linux/ppc64le:entrypoint=both',
    ),
  ).toBeVisible()
  await page.getByRole('button', { name: 'linux/amd64' }).click()
  await page.getByRole('button', { name: 'Ask linux/amd64 as the others' }).click()
  await expect(page.getByRole('group', { name: 'On linux/amd64' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: RUN_MS })
  await page.getByRole('link', { name: 'Open the report' }).click()
  await expect(page.getByText(/ends with exit code 0/).first()).toBeVisible()
})

test('all that was written so far is opened while the program goes on', async ({ page, world }) => {
  test.setTimeout(150_000)
  const answer = await page.request.post('/api/v1/runs', {
    data: {
      ref: `${world.runImages.reference}:count`,
      platforms: ['linux/amd64'],
      profile: { entrypoint: ['/behave', 'count', '60000'], timeoutMs: 3_600_000 },
    },
  })
  const { url } = runAccepted.parse(await answer.json())
  await page.goto(url)
  const open = page.getByRole('button', { name: 'Show everything so far' })
  await open.click({ timeout: RUN_MS })
  const output = page.getByRole('region', { name: 'Output of linux/amd64' })
  const lines = async () => (await output.innerText()).split('\n').filter((line) => line !== '').length
  await expect.poll(lines, { timeout: 30_000 }).toBeGreaterThan(20)
  const before = await lines()
  await expect.poll(lines, { timeout: 30_000 }).toBeGreaterThan(before)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show the last 8 lines' }).click()
  await expect.poll(lines).toBe(8)
  await page.request.post(`/api/v1${url}/cancel`, { headers: { 'sec-fetch-site': 'same-origin' } })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Cancelled', { timeout: 15_000 })
})
