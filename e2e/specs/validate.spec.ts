import type { Page } from '@playwright/test'
import { runAccepted, runDto } from '#lib/api/runs.ts'
import { expectAccessible, expectFitsPhone } from './accessible.ts'
import { expect, test } from './fixtures.ts'

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
/** Four emulated platforms on a machine that does other things too. */
const RUN_MS = 75_000

const validatePage = (reference: string, more = '') => `/validate?ref=${reference}${more}`
const lane = (page: Page, platform: string) => page.getByRole('listitem', { name: platform, exact: true })

/** Pictures for whoever looks at them: nothing unless `SHOTS` names a folder. */
async function shots(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({
        path: `${process.env.SHOTS}/${name}-${colorScheme}-${width}.png`,
        fullPage: true,
      })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** Starts a run as a program would, and answers where its page is. */
async function startRun(page: Page, body: object): Promise<string> {
  const answer = await page.request.post('/api/v1/runs', { data: body })
  expect(answer.status(), await answer.text()).toBe(202)
  return runAccepted.parse(await answer.json()).url
}

test('from a pasted reference to four platforms that really ran', async ({ page, world }) => {
  test.setTimeout(180_000)
  const { reference, digest } = world.sample.newest
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Repository, image or registry URL' }).fill(reference)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/image\?ref=/)
  await page.getByRole('link', { name: 'Validate' }).click()
  await expect(page).toHaveURL(/\/validate\?ref=/)
  await expect(page.getByText('emulated', { exact: true })).toHaveCount(3, { timeout: 60_000 })
  for (const platform of PLATFORMS) await expect(page.getByRole('checkbox', { name: platform })).toBeChecked()
  await expect(page.getByText(/^At most 4 pulls from 127\.0\.0\.1:\d+, .* compressed/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Expected output' }).fill('Running on {platform}')
  await expect(page.getByText('Running on linux/ppc64le')).toBeVisible()
  await expect(
    page.getByText(`archway validate ${reference} --expect-output 'Running on {platform}'`),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page).toHaveURL(/\/runs\/\w+/, { timeout: 30_000 })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Validation of', { timeout: RUN_MS })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed')
  for (const platform of PLATFORMS) {
    await expect(lane(page, platform)).toContainText(`Running on ${platform}`)
    await expect(lane(page, platform)).toContainText(platform === 'linux/amd64' ? 'native' : 'emulated')
    await expect(lane(page, platform).getByText('Passed')).toBeVisible()
  }
  await expect(page.getByText(/3 of them ran under emulation/).first()).toBeVisible()
  await expectAccessible(page)
  await page.reload()
  await expect(lane(page, 'linux/ppc64le')).toContainText('Running on linux/ppc64le')
  await expect(page.getByRole('link', { name: 'Open the report' })).toBeVisible()

  const path = new URL(page.url()).pathname
  const run = runDto.parse(await (await page.request.get(`/api/v1${path}`)).json())
  expect(run).toMatchObject({ digest, state: 'finished', verdict: 'passed', leftOut: [] })

  await page.goto('/runs')
  await expect(page.locator(`a[href="${path}"]`)).toHaveText(reference)
  await page.goto(`/image?ref=${reference}`)
  await expect(page.getByRole('row', { name: /linux\/ppc64le/ })).toContainText('PowerPC')
  await expect(page.getByRole('row', { name: /linux\/ppc64le/ })).toContainText('emulated')
  await expect(page.getByText('It ran on all 4 platforms, 3 of them under emulation.')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/tags?repository=${world.sample.reference}`)
  const row = page.getByRole('row', { name: new RegExp(`^${world.sample.newest.version} `) })
  await expect(row.getByRole('link', { name: /Passed 3 of 4 emulated/ })).toBeVisible()
  await expectAccessible(page)
})

test('a run is cancelled by a click, and can be started again', async ({ page, world }) => {
  test.setTimeout(150_000)
  const url = await startRun(page, { ref: `${world.runImages.reference}:hang` })
  await page.goto(url)
  await expect(lane(page, 'linux/amd64').getByText('Running', { exact: true })).toBeVisible({
    timeout: RUN_MS,
  })
  await expect(lane(page, 'linux/amd64')).toContainText('waiting')
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Cancelled', { timeout: 15_000 })
  await expect(page.getByText('There is no verdict: 0 of 2 platforms had finished.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page).not.toHaveURL(url, { timeout: 30_000 })
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Cancelled', { timeout: 15_000 })
})

test('what failed says why, and is run again alone', async ({ page, world }) => {
  test.setTimeout(180_000)
  await page.goto(await startRun(page, { ref: `${world.runImages.reference}:amd64-inside` }))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Failed', { timeout: RUN_MS })
  await expect(page.getByText('Do not ship.', { exact: true })).toBeVisible()
  await expect(lane(page, 'linux/ppc64le')).toContainText('ELF-001')
  await expect(lane(page, 'linux/ppc64le')).toContainText('x86-64')
  await expect(lane(page, 'linux/amd64').getByText('Passed')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Only what did not pass' }).click()
  await expect(lane(page, 'linux/amd64')).toHaveCount(0, { timeout: 30_000 })
  await expect(lane(page, 'linux/ppc64le')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Failed', { timeout: RUN_MS })
  await expect(page.getByText(/Left out: linux\/amd64/).first()).toBeVisible()
})

test('what a program writes is shown harmlessly', async ({ page, world }) => {
  const failures: string[] = []
  page.on('dialog', (dialog) => {
    failures.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto(await startRun(page, { ref: `${world.runImages.reference}:escapes` }))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Validation of', { timeout: RUN_MS })
  const output = page.getByRole('region', { name: 'Output of linux/amd64' })
  await expect(output).toContainText('<script>alert(1)</script>')
  await expect(output).toContainText('U+202E')
  await expect(output).not.toContainText('[31mred')
  await expectAccessible(page)
  expect(failures).toEqual([])
})

test('a page that lost its server says so and catches up by itself', async ({ page, world }) => {
  test.setTimeout(150_000)
  await page.route('**/events', (route) => route.abort())
  const url = await startRun(page, { ref: `${world.runImages.reference}:hang` })
  await page.goto(url)
  await expect(page.getByText('Disconnected')).toBeVisible({ timeout: 20_000 })
  await page.unroute('**/events')
  await expect(page.getByText('Disconnected')).toHaveCount(0, { timeout: 30_000 })
  await page.request.post(`/api/v1${url}/cancel`, { headers: { 'sec-fetch-site': 'same-origin' } })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Cancelled', { timeout: 15_000 })
})

test('the form says what is wrong in its place, and starts nothing', async ({ page, world }) => {
  await page.goto(validatePage(world.sample.newest.reference))
  const start = page.getByRole('button', { name: 'Start' })
  await expect(page.getByText('emulated', { exact: true })).toHaveCount(3, { timeout: 60_000 })
  const expected = page.getByRole('textbox', { name: 'Expected output' })
  await expected.fill('/Running on (/')
  await expect(page.getByText(/The expected output is not understood/)).toBeVisible()
  await expect(start).toBeDisabled()
  await expectAccessible(page)
  await expected.fill('/^Running on {platform}$/m')
  await expect(page.getByText('/^Running on linux\\/ppc64le$/m')).toBeVisible()
  await page.getByRole('textbox', { name: 'Exit code' }).fill('256')
  await expect(page.getByText('An exit code is a whole number from 0 to 255.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'It is a service' }).check()
  await expect(page.getByRole('textbox', { name: 'Exit code' })).toHaveCount(0)
  await expect(start).toBeEnabled()
  await page.getByText('Command, environment, files, limits').click()
  await page.getByRole('textbox', { name: 'Command', exact: true }).fill("sh -c 'echo")
  await expect(page.getByText("A ' is never closed.")).toBeVisible()
  await page.getByRole('textbox', { name: 'Command', exact: true }).fill('')
  await page.getByRole('button', { name: 'Add a variable' }).click()
  await page.getByRole('textbox', { name: 'Value of variable 1' }).fill('secret')
  await expect(page.getByText('A value needs a name.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name of variable 1' }).fill('TOKEN')
  await expect(page.getByText(/--env TOKEN=secret/)).toBeVisible()
  await expect(page).not.toHaveURL(/secret/)
  for (const platform of PLATFORMS) await page.getByRole('checkbox', { name: platform }).uncheck()
  await expect(page.getByText('Choose at least one platform.')).toBeVisible()
  await expect(start).toBeDisabled()
  await page.getByRole('checkbox', { name: 'linux/s390x' }).check()
  await expect(page).toHaveURL(/platform=linux\/s390x/)
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'linux/s390x' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'linux/amd64' })).not.toBeChecked()
})

test('a service is asked for its port, with a file of its own, and the report says what answered', async ({
  page,
  world,
}) => {
  test.setTimeout(180_000)
  await page.goto(validatePage(`${world.runImages.reference}:serve`))
  await expect(page.getByText('emulated', { exact: true })).toHaveCount(1, { timeout: 60_000 })
  await page.getByRole('checkbox', { name: 'It is a service' }).check()
  const port = page.getByRole('textbox', { name: 'Port' })
  const path = page.getByRole('textbox', { name: 'Path', exact: true })
  await path.fill('up')
  await expect(page.getByText('A path must begin with a slash')).toBeVisible()
  await path.fill('/up')
  await expect(page.getByText('Say on which port.')).toBeVisible()
  await port.fill('80800')
  await expect(page.getByText('Write a whole number from 1 to 65535.')).toBeVisible()
  await expectAccessible(page)
  await port.fill('8080')
  await expect(page.getByText(/:serve --port 8080 --path \/up$/)).toBeVisible()
  await page.getByText('Command, environment, files, limits').click()
  await page.getByRole('button', { name: 'Add a file' }).click()
  await page.getByRole('textbox', { name: 'Text of file 1' }).fill('listen: 8080')
  await expect(page.getByText('A file needs a path.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Path of file 1' }).fill('/etc/app/config.yaml')
  await expect(page.getByText(/--file config\.yaml:\/etc\/app\/config\.yaml/)).toBeVisible()
  await page.getByText('Results from another machine').click()
  await page.getByRole('checkbox', { name: 'Wait for linux/ppc64le' }).check()
  await expect(page.getByText(/"waitFor":\["linux\/ppc64le"\]/)).toBeVisible()
  await expect(page.getByText(/^archway validate/)).toHaveCount(0)
  await expect(page.getByText(/For the results of/)).toBeVisible()
  await expectAccessible(page)
  await shots(page, 'validate-service')
  await expectFitsPhone(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('checkbox', { name: 'Wait for linux/ppc64le' }).uncheck()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: RUN_MS })
  await expect(lane(page, 'linux/ppc64le')).toContainText(/answered on port 8080 \(\/up: 200\)/)
  await shots(page, 'run-service')
  await page.getByRole('link', { name: 'Open the report' }).click()
  await expect(page.getByText(/answered GET \/up with 200 after .*, on 127\.0\.0\.1/)).toHaveCount(2)
  await expect(page.getByText('/etc/app/config.yaml', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await shots(page, 'report-service')
})

test('an image is asked which processor it needs, and the report says so', async ({ page, world }) => {
  test.setTimeout(180_000)
  await page.goto(validatePage(`${world.runImages.reference}:power9`, '&platform=linux/ppc64le'))
  await expect(page.getByText('emulated', { exact: true })).toHaveCount(1, { timeout: 60_000 })
  await page.getByText('Command, environment, files, limits').click()
  await page.getByRole('checkbox', { name: /Find the oldest processor/ }).check()
  await page.getByRole('checkbox', { name: /Try memory pages of 64 KiB/ }).check()
  await expect(page.getByText(/--cpu-floor --pages-64k/)).toBeVisible()
  await shots(page, 'validate-processors')
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: RUN_MS })
  await page.getByRole('link', { name: 'Open the report' }).click()
  await expect(page.getByText('It passed on POWER9, and died on POWER8.').first()).toBeVisible()
  await expect(page.getByText(/^It needs POWER9: POWER8 died of an unknown instruction/)).toBeVisible()
  await expect(page.getByText(/^It passes with pages of 64 KiB\. Under emulation/)).toBeVisible()
  await expect(page.getByText(/^emulated, by QEMU \d+\.\d+\.\d+ /)).toBeVisible()
  await expect(page.getByText(/^POWER9 · pages of 4\sKiB$/)).toBeVisible()
  await expectAccessible(page)
  await shots(page, 'report-processors')
  await expectFitsPhone(page)
})

test('a reference that is wrong or unknown is told where it was asked for', async ({ page, world }) => {
  await page.goto('/validate')
  await page.getByRole('textbox', { name: 'Image to validate' }).fill(`${world.odd.reference}:gone`)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('manifest_unknown')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Image to validate' })).toHaveValue(/:gone$/)
  await expectAccessible(page)
  await page.goto(validatePage('UPPER CASE'))
  await expect(page.getByText('reference_invalid')).toBeVisible()
  await page.goto(validatePage(world.odd.tags.artifact.reference))
  await expect(page.getByText(/There is nothing to run: this is an artifact/)).toBeVisible()
})

test('runs are listed, filtered by their address, and reached from a phone', async ({ page, world }) => {
  test.setTimeout(150_000)
  const url = await startRun(page, { ref: `${world.runImages.reference}:exit`, platforms: ['linux/amd64'] })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
  await expect(page).toHaveURL('/runs')
  await expectFitsPhone(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  const link = page.locator(`a[href="${url}"]`)
  const row = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').filter({ has: link })
  await expect(row.first().getByText('Failed', { exact: true })).toBeVisible({ timeout: RUN_MS })
  await expectAccessible(page)
  await page.getByRole('combobox', { name: 'Which runs' }).selectOption('passed')
  await expect(page).toHaveURL(/verdict=passed/)
  await expect(link).toHaveCount(0)
  await page.goto(`/runs?verdict=failed&repository=${world.runImages.reference}`)
  await expect(link).toBeVisible()
  await page.getByRole('textbox', { name: 'Only this repository' }).fill('quay.io/nobody/nothing')
  await expect(page).toHaveURL(/repository=quay\.io\/nobody\/nothing/)
  await expect(page.getByText('No run is like that')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show every run' }).click()
  await expect(link).toBeVisible()
})

test('a run that is not here has a page of its own', async ({ page }) => {
  const answer = await page.goto('/runs/nothing')
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('There is no such run here')).toBeVisible()
  await expectAccessible(page)
})
