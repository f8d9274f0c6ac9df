import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode, runScript } from './node-26.mjs'
import { runToExit } from './refusal.mjs'

// `npm start`: what is lacking is installed and built, then `archway serve` takes over.
await runToExit(async () => {
  await ensureInstalled()
  await ensureBuilt(findNode())
  return runScript('lib/cli/main.ts', ['serve', ...process.argv.slice(2)])
})
