import path from 'node:path'
import { defineConfig } from 'vitest/config'

const UNIT_TIMEOUT_MS = 10_000
const INTEGRATION_TIMEOUT_MS = 60_000

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
          testTimeout: INTEGRATION_TIMEOUT_MS,
          hookTimeout: INTEGRATION_TIMEOUT_MS,
        },
      },
    ],
  },
})
