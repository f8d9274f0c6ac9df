import type { Command } from 'commander'
import { type DiffResponse, diffQuery, diffResponse } from '#lib/api/diff.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { diffImages } from '#lib/service/diff-images.ts'
import { askServer } from './ask-server.ts'
import { withReadingContext } from './local-context.ts'
import { complain, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

interface DiffOptions extends CommonOptions {
  readonly from: string
  readonly to?: string
  readonly show?: string
  readonly limit: string
  readonly failOn?: string
}

/** What `--fail-on` may name: a kind of highlight, or any difference at all. */
const FAIL_ON = [...diffResponse.shape.summary.shape.highlights.element.shape.kind.options, 'any'] as const
const EXIT_INCOMPLETE = 2

/** `archway diff REF [OTHER] --from P --to P`: what differs between two images, what must differ folded away. */
export function registerDiff(program: Command): void {
  program
    .command('diff')
    .description('compare two platforms of an image, or one platform of two images')
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .argument('[other]', 'the image to compare with; the same when left out')
    .requiredOption('--from <platform>', 'the platform that is compared')
    .option('--to <platform>', 'the platform it is compared with; the same when left out')
    .option('--show <folds>', 'what is not to be folded away, with commas between, e.g. own-binaries')
    .option('--limit <n>', 'how many files (20000 at most)', '1000')
    .option(
      '--fail-on <kinds>',
      `exit 1 when one of these was found, with commas between: ${FAIL_ON.join(', ')}`,
    )
    .option('--json', 'the answer of GET /api/v1/diff')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .action((reference: string, other: string | undefined, options: DiffOptions) =>
      runCommand(options, async (signal) => {
        const failOn = parseFailOn(options.failOn)
        const answer = await ask(reference, other, options, signal)
        if (options.json) printJson(answer)
        else printDiff(answer)
        for (const { state, problem } of [...answer.from.layers, ...answer.to.layers]) {
          if (state === 'failed')
            complain(`archway: ${safeText(problem?.detail ?? 'A layer could not be read.')}`)
        }
        if (!answer.complete) return EXIT_INCOMPLETE
        const found = new Set<string>(answer.summary.highlights.map(({ kind }) => kind))
        if (!answer.summary.isSame) found.add('any')
        return failOn.some((kind) => found.has(kind)) ? 1 : 0
      }),
    )
}

function ask(
  reference: string,
  other: string | undefined,
  options: DiffOptions,
  signal: AbortSignal,
): Promise<DiffResponse> {
  const params = new URLSearchParams({ from: reference, fromPlatform: options.from, limit: options.limit })
  if (other !== undefined) params.set('to', other)
  if (options.to !== undefined) params.set('toPlatform', options.to)
  if (options.show !== undefined) params.set('show', options.show)
  const schemas = { query: diffQuery, answer: diffResponse }
  return askServer(options, '/api/v1/diff', params, schemas, signal, (query) =>
    withReadingContext((context) => diffImages(context, query, { signal })),
  )
}

function parseFailOn(text = ''): readonly string[] {
  const kinds = text.split(',').filter((kind) => kind !== '')
  const wrong = kinds.find((kind) => !(FAIL_ON as readonly string[]).includes(kind))
  if (wrong === undefined) return kinds
  throw new AppError('usage', `“${wrong}” is nothing that --fail-on knows.`, {
    hint: `It knows ${FAIL_ON.join(', ')}.`,
  })
}

function printDiff(diff: DiffResponse): void {
  const { summary } = diff
  print(
    paint('bold', `${nameOf(diff.from)} → ${nameOf(diff.to)}`),
    `same ${summary.samePackages} packages and ${summary.sameFiles} files` +
      `; files: ${summary.files.added} added, ${summary.files.removed} removed, ${summary.files.changed} changed`,
  )
  for (const { kind, count, examples } of summary.highlights) {
    const tone = kind === 'wrong-architecture' || kind === 'shared-base' ? 'fail' : 'warn'
    print(
      `${paint(tone, kind)} ${count}: ${safeText(examples.join(', '))}${count > examples.length ? ' …' : ''}`,
    )
  }
  section(
    'PACKAGE',
    diff.packages.map(({ name, from, to }) => [name, from ?? '-', to ?? '-']),
  )
  section(
    'CONFIG',
    diff.config.map(({ field, key, from, to }) => [
      key === undefined ? field : `${field} ${key}`,
      from ?? '-',
      to ?? '-',
    ]),
  )
  section(
    'BINARY',
    diff.binaries.map(({ path, from, to }) => [
      path,
      from?.machine ?? from?.kind ?? '-',
      to?.machine ?? to?.kind ?? '-',
    ]),
  )
  if (diff.files.length > 0) print('')
  for (const { path, change, aspects } of diff.files) {
    const about = aspects.length > 0 ? paint('dim', ` (${aspects.join(', ')})`) : ''
    print(`${MARKS[change]} ${safeText(path)}${about}`)
  }
  if (diff.folded.length > 0) {
    const counts = diff.folded.map(({ code, count }) => `${count} ${code}`).join(', ')
    print('', paint('dim', `folded away: ${counts}; --show brings them back`))
  }
}

function section(title: string, rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return
  const columns = [{ title }, { title: 'FROM' }, { title: 'TO' }]
  print(
    '',
    ...renderTable(
      columns,
      rows.map((row) => row.map(safeText)),
    ),
  )
}

function nameOf({ reference, platform }: DiffResponse['from']): string {
  return safeText(`${reference} ${platform}`)
}

const MARKS = { added: '+', removed: '-', changed: '~' } as const
