#!/usr/bin/env node
import module from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { ensureInstalled } from '../launch/install.mjs'
import { runScript } from '../launch/node-26.mjs'
import { runToExit } from '../launch/refusal.mjs'

// The `archway` command: finds the right Node, also when an older one was started, and hands over to main.ts.
keepCompiled()
await runToExit(async () => {
  await ensureInstalled()
  return runScript('lib/cli/main.ts', process.argv.slice(2))
})

/** Stripping types and compiling takes 0.6 s of processor time at each start; kept, it takes none. */
function keepCompiled() {
  // In the user's own cache, where nobody else can put code.
  const dataHome = process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share')
  const dataDir = process.env.ARCHWAY_DATA || path.join(dataHome, 'archway')
  // A child reads the variable; this process has read it already.
  process.env.NODE_COMPILE_CACHE ||= path.resolve(dataDir, 'cache', 'compiled')
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
}
