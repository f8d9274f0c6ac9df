import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { run } from './child.mjs'
import { fingerprintSources } from './fingerprint.mjs'
import { inProject, projectRoot } from './place.mjs'
import { Refusal } from './refusal.mjs'
import { toolPath } from './tool-path.mjs'

const STAMP = inProject('.next', 'archway-sources')

/**
 * Builds the dashboard, unless the build that is there was made of the same sources.
 * @param {string} node
 */
export async function ensureBuilt(node) {
  const sources = fingerprintSources()
  if (readStamp() === sources) return
  console.error('archway: building the dashboard …')
  rmSync(STAMP, { force: true })
  const code = await run(node, [toolPath('next'), 'build'], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    // What the build says is progress; what a command prints stays alone on stdout.
    stdio: ['ignore', process.stderr, process.stderr],
  })
  if (code !== 0) throw new Refusal(`next build failed (exit code ${code}); its messages are above.`, code)
  mkdirSync(inProject('.next'), { recursive: true })
  writeFileSync(STAMP, sources)
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8')
  } catch {
    return undefined
  }
}
