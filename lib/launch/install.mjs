import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { run } from './child.mjs'
import { inProject, projectRoot } from './place.mjs'
import { Refusal } from './refusal.mjs'

/** Holds the hash of the lock file that node_modules was installed from. */
const STAMP = inProject('node_modules', '.archway-lock')

/**
 * Installs the npm dependencies, unless what is installed is what the lock file says. Install scripts never run:
 * nothing that Archway uses has to be compiled.
 */
export async function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(inProject('package-lock.json')))
    .digest('hex')
  if (readText(STAMP) === lock || isInstalledByHand()) return
  console.error('archway: installing npm dependencies …')
  const code = await runNpm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'])
  if (code !== 0) throw new Refusal(`npm ci failed (exit code ${code}); its messages are above.`, code)
  writeFileSync(STAMP, lock)
}

/**
 * After an `npm install` by hand there is no stamp: compares the lock file with the record that npm leaves in
 * node_modules. Optional packages may be absent, because npm leaves out those of other platforms.
 */
function isInstalledByHand() {
  const wanted = readPackages(inProject('package-lock.json'))
  const found = readPackages(inProject('node_modules', '.package-lock.json'))
  if (wanted === undefined || found === undefined) return false
  return Object.entries(wanted).every(([location, entry]) => {
    if (location === '') return true
    const there = found[location]
    return there === undefined
      ? entry.optional === true || entry.devOptional === true
      : there.version === entry.version && there.integrity === entry.integrity
  })
}

/**
 * @typedef {{version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readText(file) ?? '').packages
  } catch {
    return undefined
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * Runs the npm that called us, else the one on the path. npm removes node_modules while it works, and with it
 * perhaps the Node that runs it; Linux and macOS keep a running program's file until it ends.
 * @param {readonly string[]} args
 */
function runNpm(args) {
  const npm = process.env.npm_execpath
  return npm?.endsWith('npm-cli.js')
    ? run(process.execPath, [npm, ...args], { cwd: projectRoot })
    : run('npm', args, { cwd: projectRoot })
}
