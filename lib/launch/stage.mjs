import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { exitCodeOf } from './child.mjs'
import { findNode } from './node-26.mjs'
import { projectRoot } from './place.mjs'

const MINUTE_MS = 60_000
const STAGE_TIMEOUT_MS = 15 * MINUTE_MS
const KILL_AFTER_MS = 5_000

/**
 * One part of `npm test` or `npm run check`: commands of Node, one after the other until one fails.
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly (readonly string[])[]} commands arguments of Node
 * @property {Record<string, string>} [env]
 * @property {() => Counts} [count] reads what the commands have counted; without it a stage counts as one
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped what, and why
 */

/** Process groups that run now, by the id of their first process. */
const running = new Set()
let isEnding = false

/**
 * Runs a stage with its name before each line of output. A stage that fails, or takes too long, without having
 * counted a failure counts as one.
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
export async function runStage({ name, commands, env = {}, count }) {
  const started = performance.now()
  const code = await runAll(name, commands, env)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const counted = count?.() ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: [] }
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed
  say(name, failed === 0 ? `done in ${seconds} s` : `FAILED after ${seconds} s (exit code ${code})`)
  return { ...counted, failed }
}

/** Ends what runs, when this process is told to end; labs get a moment to remove their folders. */
export function endStagesOnSignal() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      const end = () => {
        for (const group of running) kill(group, 'SIGKILL')
        process.exit(exitCodeOf(null, signal))
      }
      isEnding = true
      for (const group of running) kill(group, 'SIGTERM')
      setInterval(() => running.size === 0 && end(), 100)
      setTimeout(end, KILL_AFTER_MS)
    })
  }
}

/**
 * @param {string} name
 * @param {string} line
 */
export function say(name, line) {
  process.stdout.write(`${name.padEnd(11)} │ ${line}\n`)
}

/**
 * @param {string} name
 * @param {Stage['commands']} commands
 * @param {Record<string, string>} env
 */
async function runAll(name, commands, env) {
  for (const args of commands) {
    const code = await runOne(name, args, env)
    if (code !== 0) return code
  }
  return 0
}

/**
 * In a process group of its own, so that nothing it started outlives it.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function runOne(name, args, env) {
  return new Promise((resolve, reject) => {
    if (isEnding) return
    const child = spawn(findNode(), args, {
      cwd: projectRoot,
      detached: true,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...colours(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.once('error', reject)
    if (child.pid === undefined) return
    const group = child.pid
    running.add(group)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => say(name, line))
    }
    const late = setTimeout(() => {
      say(name, `takes longer than ${STAGE_TIMEOUT_MS / MINUTE_MS} minutes and is ended`)
      kill(group, 'SIGTERM')
      setTimeout(() => kill(group, 'SIGKILL'), KILL_AFTER_MS).unref()
    }, STAGE_TIMEOUT_MS)
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      kill(group, 'SIGKILL')
      running.delete(group)
      resolve(exitCodeOf(code, signal))
    })
  })
}

/** The runners write into a pipe; whether colours make sense depends on where we write. */
function colours() {
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }
}

/**
 * @param {number} group
 * @param {NodeJS.Signals} signal
 */
function kill(group, signal) {
  try {
    process.kill(-group, signal)
  } catch {
    // Nothing of it is left.
  }
}
