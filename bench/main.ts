import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { benchBusyJobs } from './busy-jobs.ts'
import { benchKills } from './kills.ts'
import { benchPageWeight } from './page-weight.ts'
import { benchReadingLayer } from './read-layer.ts'
import { renderResults, type Section } from './report.ts'
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
  { name: 'weight', title: 'Page weight', measure: benchPageWeight },
]

/** `npm run bench -- validate` measures that alone, and leaves the file as it is. */
const wanted = process.argv.slice(2)
const sections: Section[] = []
for (const { name, title, measure } of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const measurements = await measure()
  if (measurements) sections.push({ title, measurements })
}
const results = renderResults(sections)
if (wanted.length === 0) writeFileSync(path.join(import.meta.dirname, 'RESULTS.md'), results)
process.stdout.write(results)
process.exitCode = sections.some(({ measurements }) => measurements.some((line) => line.holds === false))
  ? 1
  : 0
