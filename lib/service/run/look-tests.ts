import { hash } from 'node:crypto'
import { toAppError } from '#lib/errors/app-error.ts'
import { readFiles } from '#lib/image/layer/read-files.ts'
import { findTreeEntry } from '#lib/image/tree/tree-lookup.ts'
import { platformText } from '#lib/oci/platform.ts'
import type { ReportTest } from '#lib/report/model.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import { judgeContent, judgeExistence } from '#lib/structure/judge-files.ts'
import { judgeMetadata } from '#lib/structure/judge-metadata.ts'
import type { FileContentTest, StructureTests } from '#lib/structure/structure-tests.ts'
import { Complaints, type FindPattern, type TestResult } from '#lib/structure/test-result.ts'
import { filePlace } from '../file-place.ts'
import { type ImageTree, readImageTree } from '../read-image-tree.ts'
import type { ReadableImage } from './bring-image.ts'
import { matchOutput } from './match-output.ts'
import type { PlannedJob, RunPlan } from './plan-run.ts'
import type { RunContext } from './run-context.ts'

/** A file that a test looks into may be this large. */
const CONTENT_MAX_BYTES = 8 << 20

/** A search that is stopped when it takes too long. */
export const findPattern: FindPattern = (pattern, text) =>
  matchOutput({ kind: 'pattern', ...pattern }, [text])

/**
 * The tests that need no container: files, their contents, the image’s config. Layers that cannot be read make a test
 * inconclusive, never an error. Throws `cancelled` alone.
 */
export async function lookTests(
  context: RunContext,
  plan: RunPlan,
  { wanted }: PlannedJob,
  image: ReadableImage,
  tests: StructureTests,
  signal: AbortSignal | undefined,
): Promise<ReportTest[]> {
  const { existence, contents, metadata } = tests
  const source = context.openSource(plan.repository)
  const needsTree = existence.length + contents.length > 0
  const startedAtMs = performance.now()
  const found = needsTree ? await treeOf(context, source, image, platformText(wanted), signal) : undefined
  const texts = found && 'tree' in found ? await readContents(source, found, contents, signal) : new Map()
  const perTestMs = Math.round(
    (performance.now() - startedAtMs) / Math.max(existence.length + contents.length, 1),
  )
  const timed = (result: TestResult, durationMs: number): ReportTest => ({ ...result, durationMs })
  const blind = (name: string, kind: TestResult['kind'], reason: string): TestResult => ({
    name,
    kind,
    verdict: 'inconclusive',
    messages: [reason],
  })
  return [
    ...existence.map((test) => {
      if (!found || 'reason' in found)
        return timed(blind(test.name, 'file-existence', found?.reason ?? ''), 0)
      return timed(judgeExistence(test, findTreeEntry(found.tree, test.path)), perTestMs)
    }),
    ...contents.map((test) => {
      if (!found || 'reason' in found) return timed(blind(test.name, 'file-content', found?.reason ?? ''), 0)
      return timed(contentResult(test, texts.get(test.path)), perTestMs)
    }),
    ...(metadata ? [timed(judgeMetadata(metadata, image.config, findPattern), 0)] : []),
  ]
}

/** The merged tree of the image, or why there is none to judge by. */
async function treeOf(
  context: RunContext,
  source: CachedSource,
  { digest, manifest, config }: ReadableImage,
  platform: string,
  signal: AbortSignal | undefined,
): Promise<ImageTree | { readonly reason: string }> {
  const { layers } = context
  if (layers === undefined) return { reason: 'The image’s layers cannot be read here.' }
  const tree = await readImageTree(
    { ...context, layers },
    { source, platform, digest, manifest, config },
    { signal },
  )
  const broken = tree.layers.find((layer) => 'problem' in layer)
  if (broken && 'problem' in broken)
    return { reason: `A layer of the image could not be read: ${broken.problem.message}` }
  return tree
}

type Content = { readonly text: string } | { readonly wrong: string } | { readonly unknown: string }

function contentResult(test: FileContentTest, content: Content | undefined): TestResult {
  if (content && 'text' in content) return judgeContent(test, content.text, findPattern)
  const told = new Complaints()
  if (content && 'unknown' in content) told.unknown.push(content.unknown)
  else told.wrong.push(content?.wrong ?? `${test.path} is not in the image.`)
  return told.result(test.name, 'file-content')
}

/** The texts of the files that tests look into, by the tests’ paths: each layer that holds one is read once. */
async function readContents(
  source: CachedSource,
  { layers, tree }: ImageTree,
  tests: readonly FileContentTest[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Content>> {
  const answers = new Map<string, Content>()
  const wanted = new Map<number, Map<string, { readonly sha256: string; readonly tests: string[] }>>()
  for (const { path } of tests) {
    const entry = findTreeEntry(tree, path, { followsLast: true })
    const place = entry && filePlace(layers, entry)
    if (entry === undefined) answers.set(path, { wrong: `${path} is not in the image.` })
    else if (entry.type !== 'file') answers.set(path, { wrong: `${path} is no file.` })
    else if (entry.sizeBytes > CONTENT_MAX_BYTES)
      answers.set(path, {
        unknown: `${path} is larger than ${CONTENT_MAX_BYTES >> 20} MiB and is not searched.`,
      })
    else if (place === undefined) answers.set(path, { unknown: `${path} could not be found in its layer.` })
    else {
      const files = wanted.get(place.layer) ?? new Map()
      wanted.set(place.layer, files)
      const file = files.get(place.path) ?? { sha256: entry.sha256 ?? '', tests: [] }
      files.set(place.path, file)
      file.tests.push(path)
    }
  }
  for (const [layer, files] of wanted) {
    const descriptor = layers[layer]?.descriptor
    if (descriptor === undefined) continue
    const read = await readFiles(
      source.openBlob(descriptor, { signal }),
      new Set(files.keys()),
      CONTENT_MAX_BYTES,
    ).catch((error: unknown) => {
      const problem = toAppError(error)
      if (problem.code === 'cancelled' || problem.code === 'internal') throw problem
      return problem
    })
    for (const [path, { sha256, tests: names }] of files) {
      const bytes = 'code' in read ? undefined : read.get(path)
      const isSame = bytes !== undefined && hash('sha256', bytes, 'hex') === sha256
      const reason =
        'code' in read ? read.message : 'Its layer holds other bytes than when it was read first.'
      for (const name of names)
        answers.set(name, isSame ? { text: bytes.toString('utf8') } : { unknown: `${name}: ${reason}` })
    }
  }
  return answers
}
