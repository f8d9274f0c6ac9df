import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { checkStages } from './checks.mjs'
import { countPlaywright, countVitest } from './counts.mjs'
import { ensureInstalled } from './install.mjs'
import { inProject } from './place.mjs'
import { runToExit } from './refusal.mjs'
import { endStagesOnSignal, runStage, say } from './stage.mjs'
import { printTally } from './tally.mjs'
import { toolPath } from './tool-path.mjs'

/** @typedef {import('./stage.mjs').Counts} Counts */

const UNCOUNTED = { passed: 0, failed: 0, skipped: [] }

// `npm test`: everything. What needs no real server runs two at a time, what does runs alone; all stages run even
// if one fails, and their counts are added.
await runToExit(async () => {
  await ensureInstalled()
  endStagesOnSignal()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-test-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { biome, types, knip } = checkStages()
  const counts = await Promise.all([
    inTurn([() => prepare(folder), () => runVitest('unit', folder)]),
    // The build writes types that the check of types reads: not at the same time.
    inTurn([() => runStage(types), () => runStage(biome), () => runStage(knip), build]),
  ])
  counts.push(await inTurn([() => runVitest('integration', folder), () => runPlaywright(folder)]))
  return printTally(counts.flat(), Boolean(process.env.CI))
})

/**
 * @param {readonly (() => Promise<Counts>)[]} stages
 * @returns {Promise<Counts[]>}
 */
async function inTurn(stages) {
  const counts = []
  for (const stage of stages) counts.push(await stage())
  return counts
}

/** @param {string} folder */
async function prepare(folder) {
  const script = inProject('lib', 'launch', 'prepare.mjs')
  const file = path.join(folder, 'no-browser-because')
  return runStage({ name: 'packages', commands: [[script, file]], count: () => UNCOUNTED })
}

async function build() {
  const script = inProject('lib', 'launch', 'build-once.mjs')
  return runStage({ name: 'build', commands: [[script]], count: () => UNCOUNTED })
}

/**
 * @param {'unit' | 'integration'} project
 * @param {string} folder
 */
async function runVitest(project, folder) {
  const file = path.join(folder, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return runStage({
    name: project,
    commands: [[toolPath('vitest'), 'run', '--project', project, '--passWithNoTests', ...reporters]],
    count: () => countVitest(file),
  })
}

/** @param {string} folder */
async function runPlaywright(folder) {
  const reason = readFileSync(path.join(folder, 'no-browser-because'), { encoding: 'utf8', flag: 'a+' })
  if (reason !== '') {
    say('e2e', `skipped: ${reason}`)
    return { passed: 0, failed: 0, skipped: [`all journeys in the browser: ${reason}`] }
  }
  const file = path.join(folder, 'e2e.json')
  return runStage({
    name: 'e2e',
    commands: [[toolPath('playwright'), 'test', '--config', 'e2e', '--reporter', 'list,json']],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    count: () => countPlaywright(file),
  })
}
