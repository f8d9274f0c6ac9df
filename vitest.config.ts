import path from 'node:path'
import { defineConfig } from 'vitest/config'

// What hangs is ended; a machine that is busy with something else is waited for.
const UNIT_TIMEOUT_MS = 30_000
const INTEGRATION_TIMEOUT_MS = 120_000
const POLL_TIMEOUT_MS = 20_000

export default defineConfig({
  resolve: {
    // Outside Next the package refuses to be loaded; its own empty module is what Next loads on the server.
    alias: { 'server-only': path.join(import.meta.dirname, 'node_modules/server-only/empty.js') },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['lib/**/*.test.ts', 'components/**/*.test.{ts,tsx}'],
          expect: { poll: { timeout: POLL_TIMEOUT_MS } },
          testTimeout: UNIT_TIMEOUT_MS,
          hookTimeout: UNIT_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['e2e/lab/**/*.test.ts', 'e2e/integration/**/*.test.ts'],
          // Real servers and two processors: one file after the other.
          maxWorkers: 1,
          expect: { poll: { timeout: POLL_TIMEOUT_MS } },
          testTimeout: INTEGRATION_TIMEOUT_MS,
          hookTimeout: INTEGRATION_TIMEOUT_MS,
        },
      },
    ],
  },
})
