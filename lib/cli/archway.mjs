#!/usr/bin/env node
import { ensureInstalled } from '../launch/install.mjs'
import { runScript } from '../launch/node-26.mjs'
import { runToExit } from '../launch/refusal.mjs'

// The `archway` command: finds the right Node, also when an older one was started, and hands over to main.ts.
await runToExit(async () => {
  await ensureInstalled()
  return runScript('lib/cli/main.ts', process.argv.slice(2))
})
