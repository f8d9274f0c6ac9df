/**
 * Makes the README's pictures from the lab: `node docs/screenshots.ts` after a build. Real registry, real pages.
 */
import path from 'node:path'
import { type Browser, chromium } from 'playwright'
import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startEngine } from '#e2e/lab/engine.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { seedSample } from '#e2e/lab/seed-sample.ts'
import { runAccepted } from '#lib/api/runs.ts'

const IMAGES = path.join(import.meta.dirname, 'images')
const WIDTH = 1280

await using lab = await startLab({ registries: ['open'] })
const sample = await seedSample(lab.registry('open'))
await using engine = await startEngine()
await using dashboard = await startDashboard({ env: { DOCKER_HOST: engine.dockerHost } })
const run = await validate(`${sample.reference}:1.27.0`)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
})
for (const scheme of ['light', 'dark'] as const) {
  await picture(
    browser,
    scheme,
    `repository-${scheme}`,
    `/tags?repository=${encodeURIComponent(sample.reference)}`,
  )
  await picture(
    browser,
    scheme,
    `image-${scheme}`,
    `/image?ref=${encodeURIComponent(`${sample.reference}:1.27.0`)}`,
  )
  await picture(browser, scheme, `run-${scheme}`, run)
}
await browser.close()

/** Validates an image, waits until that is over, and answers where its page is. */
async function validate(ref: string): Promise<string> {
  const answer = await fetch(`${dashboard.url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ref, profile: { expectOutput: 'Running on {platform}' } }),
  })
  const { url } = runAccepted.parse(await answer.json())
  // The stream of events ends when the run is over.
  await (await fetch(`${dashboard.url}/api/v1${url}/events`)).text()
  return url
}

async function picture(
  browser: Browser,
  colorScheme: 'light' | 'dark',
  name: string,
  url: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 860 }, colorScheme })
  await page.goto(dashboard.url + url, { waitUntil: 'load' })
  await page.getByText('linux/ppc64le').first().waitFor()
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
  await page.waitForTimeout(500)
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`) })
  await page.close()
}
