import { defineConfig } from '@playwright/test'

const isStrict = Boolean(process.env.CI)

/** Journeys in the system's Chromium, against the built dashboard and the lab that `global-setup.ts` starts. */
export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results',
  globalSetup: './global-setup.ts',
  forbidOnly: isStrict,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // A busy machine with two processors and axe looking twice at every page.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
