import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { benchPageWeight } from './page-weight.ts'
import { benchReadingLayer } from './read-layer.ts'
import { renderResults } from './report.ts'
import { benchResolvingTags } from './resolve-tags.ts'

const sections = [
  { title: 'Resolving 1,000 tags', measurements: await benchResolvingTags() },
  { title: 'Page weight', measurements: await benchPageWeight() },
]
const layer = await benchReadingLayer()
if (layer) sections.push({ title: 'Reading a layer', measurements: layer })
const results = renderResults(sections)
writeFileSync(path.join(import.meta.dirname, 'RESULTS.md'), results)
process.stdout.write(results)
process.exitCode = sections.some(({ measurements }) => measurements.some((line) => line.holds === false))
  ? 1
  : 0
