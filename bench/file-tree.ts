import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { chromium, type Page } from 'playwright'
import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startLab } from '#e2e/lab/lab.ts'
import type { FilesResponse } from '#lib/api/files.ts'
import { median } from './median.ts'
import type { Measurement } from './report.ts'
import { seedSystems } from './seed-systems.ts'
import { milliseconds, timed } from './validate-image.ts'

/** Each is done this often; the median counts. */
const ROUNDS = 9
const BOUND_MS = 200

/** From opening the files of a whole system in a browser until rows are there; its layer was read before. */
export async function benchFileTree(): Promise<Measurement[] | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-bench-tree-'))
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  })
  try {
    await using lab = await startLab({ registries: ['open'] })
    const systems = await seedSystems(lab.registry('open'), folder)
    if (systems === undefined) return undefined
    await using dashboard = await startDashboard()
    const of = new URLSearchParams({ ref: systems.reference, platform: 'linux/ppc64le' })
    const call = `${dashboard.url}/api/v1/images/files?${of}`
    const { paths } = (await (await fetch(call)).json()) as FilesResponse
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    await page.addInitScript(noteFirstRow)
    const address = `${dashboard.url}/contents?${of}&view=files`
    const [opened, clicked, top, all]: number[][] = [[], [], [], []]
    // The first opening fills the browser's own cache, as anybody's who has been here before.
    await page.goto(address)
    await firstRow(page)
    for (let round = 0; round < ROUNDS; round++) {
      await page.goto(address)
      opened?.push(await firstRow(page))
      await page.goto(`${dashboard.url}/image?${of}`)
      const link = page
        .getByRole('navigation', { name: 'Inside linux/ppc64le' })
        .getByRole('link', { name: 'files' })
      await link.waitFor()
      await page.waitForLoadState('networkidle')
      await page.evaluate(() => {
        document.addEventListener('click', () => performance.mark('clicked'), { capture: true, once: true })
      })
      await link.click()
      clicked?.push(await firstRow(page, 'clicked'))
      top?.push(await timed(async () => (await fetch(`${call}&depth=1`)).json()))
      all?.push(await timed(async () => (await fetch(`${call}&limit=20000`)).json()))
    }
    const clickedMs = median(clicked ?? [])
    return [
      {
        what: `from a click on “files” on the image page until the first rows are painted, ${paths.toLocaleString('en')} paths, layer read before, scripts in the browser's cache`,
        value: milliseconds(clickedMs),
        bound: `at most ${milliseconds(BOUND_MS)}`,
        holds: clickedMs <= BOUND_MS,
      },
      {
        what: 'the same from the address, with all of the page loaded anew',
        value: milliseconds(median(opened ?? [])),
      },
      { what: 'GET /api/v1/images/files, the top', value: milliseconds(median(top ?? [])) },
      { what: 'GET /api/v1/images/files, all paths', value: milliseconds(median(all ?? [])) },
    ]
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs in the page, on each load and before anything else: notes when the tree's first row can be painted. */
function noteFirstRow(): void {
  const observer = new MutationObserver(() => {
    const row = document.querySelector('[role=treeitem]')
    if (row === null || row.getBoundingClientRect().height === 0) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => performance.mark('first row')))
  })
  observer.observe(document, { childList: true, subtree: true })
}

/** Milliseconds to the first row since the page was asked for, or since another mark. */
async function firstRow(page: Page, since?: string): Promise<number> {
  const entry = await page.waitForFunction(() => performance.getEntriesByName('first row')[0]?.startTime)
  const at = (await entry.jsonValue()) ?? Number.NaN
  if (since === undefined) return at
  return (
    at -
    (await page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN, since))
  )
}
