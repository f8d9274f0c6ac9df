import { readFile } from 'node:fs/promises'
import { test as base } from '@playwright/test'
import type { World } from './world.ts'

/** Playwright's test with `world`, what the lab holds, and the dashboard as `baseURL`. */
export const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern.
    async ({}, use) => {
      const file = process.env.WORLD_FILE
      if (file === undefined) throw new Error('WORLD_FILE is not set: global-setup.ts has not run')
      await use(JSON.parse(await readFile(file, 'utf8')) as World)
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ world }, use) => use(world.dashboardUrl),
})

export { expect } from '@playwright/test'
