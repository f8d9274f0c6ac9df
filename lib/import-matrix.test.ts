import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { listSources, readSource, type SourceFile, type SourceImport } from './testing/read-imports.ts'

/** Facts in, values out: no fetch, environment, clock, random or host platform. */
const PURE = ['errors', 'oci', 'image', 'diff', 'checks', 'coverage', 'report', 'api', 'yaml', 'structure']
/** Each speaks to one outside thing. */
const ADAPTERS = ['source', 'reader', 'engine', 'store', 'queue', 'client', 'config']

/**
 * Who may import whom: folders of `lib`, or `app`, `components`, `e2e`. Everyone may import their own folder.
 * `type:` allows types alone; a path allows one file.
 */
const MATRIX: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(PURE.map((name) => [name, PURE])),
  ...Object.fromEntries(ADAPTERS.map((name) => [name, PURE])),
  config: [...PURE, 'lib/engine/engine-address.ts', 'lib/engine/parse-engine-address.ts'],
  reader: [...PURE, 'lib/source/single-flight.ts', 'lib/source/cache/entry-table.ts'],
  service: [...PURE, ...ADAPTERS.filter((name) => name !== 'client' && name !== 'config')],
  server: [...PURE, ...ADAPTERS, 'service', 'package.json'],
  cli: [...PURE, ...ADAPTERS, 'service', 'launch', 'package.json'],
  launch: ['e2e'],
  app: [...PURE, 'service', 'server', 'components', 'client'],
  components: [
    ...['client', 'oci', 'type:api', 'type:diff', 'type:report'],
    ...[
      'lib/api/match-file.ts',
      'lib/image/layer/layer-note-text.ts',
      'lib/checks/info.ts',
      'lib/report/output-expectation.ts',
    ],
    ...['lib/report/render/format-list.ts', 'lib/report/service-text.ts'],
    ...['lib/report/override-text.ts', 'lib/report/path-rules.ts'],
    ...['lib/structure/structure-faults.ts'],
    ...['lib/report/change.ts', 'lib/report/engine-names.ts', 'lib/report/unjudged-of.ts'],
  ],
}

/** What pure folders may use that is not ours. */
const PURE_PACKAGES = ['zod', 'node:crypto', 'node:zlib', 'semver', 'yaml', 'diff', 'ipaddr.js']
const IMPURE =
  /\bprocess\.(env|argv|cwd|platform|arch|pid|on|exit|std\w+)\b|\bfetch\(|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/
const NAMELESS = /^(utils?|helpers?|common|misc)(\.|$)/
const TEST = /\.test\.tsx?$|\/testing\//

const files = listSources(
  ['app', 'components', 'lib', 'instrumentation.ts', 'proxy.ts'],
  ['.ts', '.tsx', '.mjs'],
)
const sources = files.map(readSource)
const product = sources.filter((source) => !TEST.test(source.path))

/** The row of the matrix that a path belongs to: `lib/oci/digest.ts` is `oci`. */
function folderOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  if (first === 'instrumentation.ts' || first === 'proxy.ts') return 'server'
  return first === 'lib' ? second : first
}

function isAllowed(from: string, { target, typeOnly }: SourceImport): boolean {
  const to = folderOf(target)
  const allowed = MATRIX[from] ?? []
  return (
    to === from ||
    allowed.includes(to) ||
    allowed.includes(target) ||
    (typeOnly && allowed.includes(`type:${to}`))
  )
}

describe('imports', () => {
  test('every folder has a row in the matrix', () => {
    expect(product.map(({ path }) => folderOf(path)).filter((folder) => !(folder in MATRIX))).toEqual([])
  })

  test('go in the direction that DESIGN §2 gives', () => {
    const outside = product.flatMap(({ path, imports }) =>
      imports
        .filter((each) => each.isOwn && !isAllowed(folderOf(path), each))
        .map((each) => `${path} → ${each.typeOnly ? 'types of ' : ''}${each.target}`),
    )
    expect(outside).toEqual([])
  })

  test('of the product never lead into its tests', () => {
    const outside = product.flatMap(({ path, imports }) =>
      imports
        .filter((each) => each.isOwn && TEST.test(each.target))
        .map((each) => `${path} → ${each.target}`),
    )
    expect(outside).toEqual([])
  })

  test('make no circle', () => {
    expect(findCircles(sources)).toEqual([])
  })
})

describe('pure folders', () => {
  const pure = product.filter(({ path }) => path.startsWith('lib/') && PURE.includes(folderOf(path)))

  test('use no package that could reach outside', () => {
    const outside = pure.flatMap(({ path, imports }) =>
      imports
        .filter((each) => !each.isOwn && !PURE_PACKAGES.includes(each.target))
        .map((each) => `${path} → ${each.target}`),
    )
    expect(outside).toEqual([])
  })

  test('read neither environment nor clock, fetch nothing and draw no lots', () => {
    expect(pure.filter(({ text }) => IMPURE.test(text)).map(({ path }) => path)).toEqual([])
  })
})

describe('files', () => {
  test('say what they hold by their name', () => {
    const everywhere = listSources(
      ['app', 'components', 'lib', 'e2e', 'bench', 'docs', 'samples'],
      ['.ts', '.tsx', '.mjs'],
    )
    const nameless = everywhere.filter((file) => file.split('/').some((part) => NAMELESS.test(part)))
    expect(nameless).toEqual([])
  })

  test('hold something of their own instead of passing others on', () => {
    expect(product.filter(isBarrel).map(({ path }) => path)).toEqual([])
  })
})

function isBarrel({ text }: SourceFile): boolean {
  const rest = text
    .replace(/^export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"][^'"]+['"];?$/gm, '')
    .replace(/^['"]use (client|server)['"];?$/gm, '')
  return rest.trim() === '' && text.trim() !== ''
}

/** Circles of imports between files, types included; each as the path that closes it. */
function findCircles(all: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(all.map((source) => [path.posix.normalize(source.path), source]))
  const finished = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, trail: readonly string[]) => {
    const start = trail.indexOf(file)
    if (start >= 0) circles.push([...trail.slice(start), file].join(' → '))
    if (start >= 0 || finished.has(file)) return
    for (const { target, isOwn } of byPath.get(file)?.imports ?? [])
      if (isOwn) visit(target, [...trail, file])
    finished.add(file)
  }
  for (const file of byPath.keys()) visit(file, [])
  return circles
}
