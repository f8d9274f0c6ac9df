import { ensureBuilt } from './build.mjs'
import { findNode } from './node-26.mjs'
import { runToExit } from './refusal.mjs'

// `node build-once.mjs`: builds the dashboard unless it is built.
await runToExit(async () => {
  await ensureBuilt(findNode())
  return 0
})
