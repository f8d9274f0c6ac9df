import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { benchBusyJobs } from './busy-jobs.ts'
import { benchDiffByTable } from './diff-by-table.ts'
import { benchDiff } from './diff-systems.ts'
import { benchFileTree } from './file-tree.ts'
import { benchKills } from './kills.ts'
import { benchPageWeight } from './page-weight.ts'
import { benchReadingLayer } from './read-layer.ts'
import { renderSection, type Section, updateResults } from './report.ts'
import { benchResolvingTags } from './resolve-tags.ts'
import { benchRunOverhead } from './run-overhead.ts'
import { benchValidatingImage } from './validate-image.ts'

const BENCHES = [
  { name: 'tags', title: 'Resolving 1,000 tags', measure: benchResolvingTags },
  { name: 'validate', title: 'Validating an image of four platforms', measure: benchValidatingImage },
  { name: 'overhead', title: 'What a run costs beyond its containers', measure: benchRunOverhead },
  { name: 'busy', title: 'A hundred queued jobs', measure: benchBusyJobs },
  { name: 'kills', title: 'Kills of server and engine', measure: benchKills },
  { name: 'layer', title: 'Reading a layer', measure: benchReadingLayer },
  { name: 'diff', title: 'Comparing two systems', measure: benchDiff },
  { name: 'ranges', title: 'Comparing two systems by their tables of contents', measure: benchDiffByTable },
  { name: 'tree', title: 'Opening a file tree', measure: benchFileTree },
  { name: 'weight', title: 'Page weight', measure: benchPageWeight },
]

const RESULTS = path.join(import.meta.dirname, 'RESULTS.md')
const titles = BENCHES.map(({ title }) => title)

/** `npm run bench -- validate` measures that alone; the other sections of the file stay. */
const wanted = process.argv.slice(2)
const sections: Section[] = []
for (const { name, title, measure } of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const measurements = await measure()
  if (!measurements) continue
  const section = { title, measurements }
  sections.push(section)
  process.stdout.write(`${renderSection(section)}\n`)
  writeFileSync(RESULTS, updateResults(readFileSync(RESULTS, 'utf8'), [section], titles))
}
process.exitCode = sections.some(({ measurements }) => measurements.some((line) => line.holds === false))
  ? 1
  : 0
