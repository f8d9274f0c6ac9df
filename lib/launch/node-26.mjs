import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { pathToFileURL } from 'node:url'
import { run } from './child.mjs'
import { inProject } from './place.mjs'
import { Refusal } from './refusal.mjs'

const NEEDED_MAJOR = 26

/**
 * The Node that Archway runs on: the running one if it is new enough, else the one that npm installed with the
 * dependencies (there is one for Linux on amd64 and arm64). Refuses where there is neither.
 */
export function findNode() {
  if (majorOf(process.version) >= NEEDED_MAJOR) return process.execPath
  const installed = inProject('node_modules', '.bin', 'node')
  if (existsSync(installed)) {
    const asked = spawnSync(installed, ['--version'], { encoding: 'utf8', timeout: 10_000 })
    if (asked.status === 0 && majorOf(asked.stdout) >= NEEDED_MAJOR) return installed
  }
  throw new Refusal(
    `Node.js ${NEEDED_MAJOR} or newer is needed, and this is ${process.version} on ${process.platform}/${process.arch}.\n` +
      `Install Node.js ${NEEDED_MAJOR} (nodejs.org, your distribution, or a version manager: .nvmrc names it) and try again.`,
  )
}

/**
 * Runs a script of Archway under the right Node: in this process when it is that Node already, else in a child with
 * the same options. Answers the child's exit code, or undefined when the script goes on in this process.
 * Node keeps what it compiled: the next start is quicker, and 25 MB smaller without the TypeScript parser.
 * @param {string} script a path inside Archway's folder
 * @param {readonly string[]} args
 * @returns {Promise<number | undefined>}
 */
export async function runScript(script, args) {
  const node = findNode()
  const cache = inProject('node_modules', '.cache', 'archway')
  if (node !== process.execPath) {
    const env = { NODE_COMPILE_CACHE: cache, ...process.env }
    return run(node, [...process.execArgv, inProject(script), ...args], { env })
  }
  module.enableCompileCache?.(cache)
  process.argv.splice(1, Number.POSITIVE_INFINITY, inProject(script), ...args)
  await import(pathToFileURL(inProject(script)).href)
  return undefined
}

/** @param {string} version such as `v26.10.0` */
function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10)
}
