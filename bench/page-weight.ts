import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { seedMany } from '#e2e/lab/seed-many.ts'
import type { Measurement } from './report.ts'

const BOUND_BYTES = 200_000

/** Script that the repository page loads at first, compressed as `gzip -6` would, whatever the server sent. */
export async function benchPageWeight(): Promise<Measurement[]> {
  await using lab = await startLab({ registries: ['open'] })
  const { reference } = await seedMany(lab.registry('open'), { count: 100 })
  await using dashboard = await startDashboard()
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  })
  try {
    const page = await browser.newPage()
    const bodies: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') bodies.push(response.body())
    })
    await page.goto(`${dashboard.url}/tags?repository=${encodeURIComponent(reference)}`)
    await page.getByRole('table').getByRole('link', { name: '0.10.0', exact: true }).waitFor()
    const bytes = (await Promise.all(bodies)).reduce(
      (sum, body) => sum + gzipSync(body, { level: 6 }).length,
      0,
    )
    return [
      {
        what: `repository page, ${bodies.length} scripts, gzipped`,
        value: `${Math.round(bytes / 1e3)} kB`,
        bound: 'at most 200 kB',
        holds: bytes <= BOUND_BYTES,
      },
    ]
  } finally {
    await browser.close()
  }
}
