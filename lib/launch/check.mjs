import { checkStages } from './checks.mjs'
import { ensureInstalled } from './install.mjs'
import { runToExit } from './refusal.mjs'
import { endStagesOnSignal, runStage } from './stage.mjs'
import { printTally } from './tally.mjs'
import { toolPath } from './tool-path.mjs'

// `npm run check`: format, lint, types, unused code, the import matrix and links in the documents.
await runToExit(async () => {
  await ensureInstalled()
  endStagesOnSignal()
  const rules = {
    name: 'rules',
    commands: [
      [toolPath('vitest'), 'run', '--project', 'unit', 'lib/import-matrix.test.ts', 'lib/doc-links.test.ts'],
    ],
  }
  const counts = await Promise.all([...Object.values(checkStages()), rules].map(runStage))
  return printTally(counts, true)
})
