/**
 * Makes the README's pictures from the lab: `node docs/screenshots.ts` after a build. Real registry, real pages.
 */
import path from 'node:path'
import { type Browser, chromium } from 'playwright'
import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { seedSample } from '#e2e/lab/seed-sample.ts'

const IMAGES = path.join(import.meta.dirname, 'images')
const WIDTH = 1280

await using lab = await startLab({ registries: ['open'] })
const sample = await seedSample(lab.registry('open'))
await using dashboard = await startDashboard()
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
}
await browser.close()

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
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`) })
  await page.close()
}
