import { type Command, InvalidArgumentError } from 'commander'
import { type DiffResponse, diffQuery, diffResponse, type FileChangeDto } from '#lib/api/diff.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { diffReferences } from '#lib/service/diff-references.ts'
import { askReading } from './ask-reading.ts'
import { tableNote } from './contents.ts'
import { runFileDiff } from './diff-file.ts'
import { complainOfLayers } from './layer-lines.ts'
import { withReadingContext } from './local-context.ts'
import { formatBytes, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

/** What `--fail-on` can name: kinds of highlights, parts of a difference, and all of it. */
const FAIL_ON = [
  'foreign-binary',
  'shared-base',
  'other-revision',
  'packages-one-side',
  'version-skew',
  'config-drift',
  'files-one-side',
  'files-differ',
  'coverage',
  'any',
] as const
type FailOn = (typeof FAIL_ON)[number]

interface DiffOptions extends CommonOptions {
  readonly from?: string
  readonly to?: string
  readonly files: boolean
  readonly whole?: boolean
  readonly unfold?: readonly string[]
  readonly failOn?: readonly FailOn[]
  readonly file?: string
  readonly context?: string
  readonly cursor?: string
}

/** Printed of the files; `--json` has them all. */
const FILES_SHOWN = 200
const EXIT_INCOMPLETE = 2

/** `archway diff REF --from P --to P`, `archway diff REF REF [--from P]`. */
export function registerDiff(program: Command): void {
  program
    .command('diff')
    .description(
      'compare two platforms of an image, or two images: configs, layers, packages, binaries, files',
    )
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .argument('[other]', 'another reference; without it two platforms of the first are compared')
    .option('--from <platform>', 'the platform of the first side')
    .option('--to <platform>', 'the platform of the second side (the same as --from)')
    .option('--no-files', 'configs and layers alone, no layer is downloaded')
    .option('--whole', 'read the layers’ bytes also where a table of contents would do')
    .option('--unfold <reason>', 'show what is folded away for this reason, or all; may be repeated', collect)
    .option(
      '--fail-on <kind>',
      `exit 1 when this is found (${FAIL_ON.join(', ')}); may be repeated`,
      collectFailOn,
    )
    .option('--file <path>', 'print a unified diff of this file alone (text files of 256 KiB at most)')
    .option('--context <lines>', 'equal lines around each difference of --file (3)')
    .option('--cursor <cursor>', 'with --json: go on with the files where the last answer ended')
    .option('--json', 'the answer of GET /api/v1/diff, or /api/v1/diff/file')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .addHelpText(
      'after',
      '\nExit code: 0, or 1 when --fail-on names something that was found, 2 when it could not answer in full.\nWith --file as diff does: 0 the same, 1 different, 2 could not be told in full.',
    )
    .action((reference: string, other: string | undefined, options: DiffOptions) =>
      runCommand(options, async (signal) => {
        refuseUnseen(options)
        if (options.file !== undefined) {
          const params = sideParams(reference, other, options)
          params.set('path', options.file)
          if (options.context !== undefined) params.set('context', options.context)
          return runFileDiff(options, params, signal)
        }
        const answer = await askReading(
          options,
          '/api/v1/diff',
          toParams(reference, other, options),
          { query: diffQuery, answer: diffResponse },
          signal,
          (query, reading) => withReadingContext((context) => diffReferences(context, query, reading)),
        )
        if (options.json) printJson(answer)
        else printDiff(answer)
        return exitCode(answer, options.failOn ?? [])
      }),
    )
}

/** What is found in layers alone, or by comparing two images. */
const IN_LAYERS: readonly FailOn[] = [
  'foreign-binary',
  'packages-one-side',
  'version-skew',
  'files-one-side',
  'files-differ',
]

/** A condition that nothing would look at would always hold. Throws `usage`. */
function refuseUnseen({ files, from, to, file, unfold = [], failOn = [] }: DiffOptions): void {
  if (file !== undefined && (failOn.length > 0 || unfold.length > 0 || !files)) {
    throw new AppError(
      'usage',
      '--file looks at one file: --fail-on, --unfold and --no-files mean nothing to it.',
      {
        hint: 'It exits 1 by itself when the file differs.',
      },
    )
  }
  const isOfIndexes = from === undefined && to === undefined
  const unseen = isOfIndexes
    ? failOn.filter((kind) => kind !== 'coverage' && kind !== 'any')
    : failOn.filter((kind) => (!files && IN_LAYERS.includes(kind)) || kind === 'coverage')
  if (unseen.length === 0) return
  throw new AppError('usage', `--fail-on ${unseen.join(', ')} would never find anything here.`, {
    hint: isOfIndexes
      ? 'Whole references are compared by what they cover. Name a platform with --from to compare images.'
      : unseen.includes('coverage')
        ? 'What references cover is compared without --from and --to.'
        : 'It needs the layers: leave --no-files out.',
  })
}

function sideParams(reference: string, other: string | undefined, options: DiffOptions): URLSearchParams {
  const params = new URLSearchParams({ from: reference })
  if (other !== undefined) params.set('to', other)
  if (options.from !== undefined) params.set('fromPlatform', options.from)
  if (options.to !== undefined) params.set('toPlatform', options.to)
  return params
}

function toParams(reference: string, other: string | undefined, options: DiffOptions): URLSearchParams {
  const params = sideParams(reference, other, options)
  if (!options.files) params.set('depth', 'registry')
  if (options.whole) params.set('whole', 'true')
  for (const reason of options.unfold ?? []) params.append('unfold', reason)
  if (options.cursor !== undefined) params.set('cursor', options.cursor)
  if (options.json) params.set('limit', '10000')
  else params.set('limit', String(FILES_SHOWN))
  return params
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((part) => part !== '')]
}

function collectFailOn(text: string, before: readonly FailOn[] = []): readonly FailOn[] {
  const kinds = collect(text).map((kind) => {
    const known = FAIL_ON.find((each) => each === kind)
    if (known === undefined) throw new InvalidArgumentError(`It must be one of ${FAIL_ON.join(', ')}.`)
    return known
  })
  return [...before, ...kinds]
}

function exitCode({ summary, coverage = [], complete }: DiffResponse, failOn: readonly FailOn[]): number {
  const found: readonly FailOn[] = [
    ...summary.highlights.map(({ kind }) => kind),
    ...(coverage.some(({ change }) => change === 'added' || change === 'removed')
      ? ['coverage' as const]
      : []),
  ]
  const fails = failOn.includes('any') ? found.length > 0 : found.some((kind) => failOn.includes(kind))
  return fails ? 1 : complete ? 0 : EXIT_INCOMPLETE
}

function printDiff(diff: DiffResponse): void {
  print(safeText(diff.summary.text))
  for (const { severity, text } of diff.summary.highlights) {
    const tone = severity === 'error' ? 'fail' : severity === 'warning' ? 'warn' : 'dim'
    print(`${paint(tone, severity)} ${safeText(text)}`)
  }
  if (diff.coverage) print('', ...coverageTable(diff.coverage))
  if (diff.config && diff.config.changes.length > 0) print('', ...configTable(diff.config.changes))
  if (diff.layers) print('', ...layersTable(diff.layers))
  if (diff.packages && diff.packages.length > 0) print('', ...packagesTable(diff.packages))
  if (foreignOf(diff).length > 0) print('', ...binariesTable(diff))
  if (diff.files && diff.files.length > 0) print('', ...diff.files.map(fileLine))
  if (diff.nextCursor)
    print(paint('dim', `… ${(diff.filesTotal ?? 0) - (diff.files?.length ?? 0)} more; --json lists them`))
  const folds = Object.entries(diff.folded).map(([reason, count]) => `${count} ${reason}`)
  if (folds.length > 0) print('', paint('dim', `folded away (--unfold REASON): ${folds.join(', ')}`))
  for (const side of [diff.from, diff.to]) {
    const note = tableNote(side.layers ?? [])
    if (note) print(paint('dim', `${safeText(side.platform ?? '')}: ${note}`))
    complainOfLayers(side.layers ?? [], side.platform)
  }
}

function coverageTable(rows: NonNullable<DiffResponse['coverage']>): string[] {
  return renderTable(
    [{ title: 'PLATFORM' }, { title: 'FROM' }, { title: 'TO' }, { title: '' }],
    rows.map(({ platform, from, to, change }) => [
      safeText(platform),
      from ? shortDigest(from) : '-',
      to ? shortDigest(to) : '-',
      change === 'same' ? paint('dim', change) : change,
    ]),
  )
}

function configTable(changes: NonNullable<DiffResponse['config']>['changes']): string[] {
  return renderTable(
    [{ title: 'CONFIG' }, { title: 'FROM' }, { title: 'TO' }],
    changes.map(({ field, key, from, to, folded }) => [
      safeText(key === undefined ? field : `${field} ${key}`),
      safeText(from ?? '-'),
      `${safeText(to ?? '-')}${expected(folded)}`,
    ]),
  )
}

function layersTable(pairs: NonNullable<DiffResponse['layers']>): string[] {
  return renderTable(
    [
      { title: 'LAYERS' },
      { title: 'FROM', align: 'right' },
      { title: 'TO', align: 'right' },
      { title: 'STEP' },
    ],
    pairs.map(({ relation, from, to }) => [
      relation,
      from ? formatBytes(from.sizeBytes) : '-',
      to ? formatBytes(to.sizeBytes) : '-',
      safeText((to ?? from)?.createdBy ?? '').slice(0, 80),
    ]),
  )
}

function packagesTable(changes: NonNullable<DiffResponse['packages']>): string[] {
  return renderTable(
    [{ title: 'PACKAGE' }, { title: 'TYPE' }, { title: 'FROM' }, { title: 'TO' }],
    changes.map(({ name, fromName, type, from, to, folded }) => [
      safeText(fromName === undefined ? name : `${fromName} → ${name}`),
      type,
      safeText(from ?? '-'),
      `${safeText(to ?? '-')}${expected(folded)}`,
    ]),
  )
}

/** Programs that their side cannot execute, with why some of them harm nobody. */
function binariesTable(diff: DiffResponse): string[] {
  return renderTable(
    [{ title: 'FOREIGN PROGRAM' }, { title: 'IN' }, { title: 'IS' }],
    foreignOf(diff).map(({ path, found, exempt, platform }) => [
      safeText(path),
      safeText(platform),
      `${safeText(found)}${expected(exempt)}`,
    ]),
  )
}

function foreignOf({ from, to, binaries }: DiffResponse) {
  return [
    ...(binaries?.from.foreign ?? []).map((each) => ({ ...each, platform: from.platform ?? '' })),
    ...(binaries?.to.foreign ?? []).map((each) => ({ ...each, platform: to.platform ?? '' })),
  ]
}

/** Why a difference is expected, behind it, where it is shown all the same. */
function expected(reason: string | undefined): string {
  return reason === undefined ? '' : paint('dim', `  (expected: ${safeText(reason)})`)
}

const MARKS = { added: '+', removed: '-', changed: '~' } as const

function fileLine({ change, path, aspects, from, to, folded }: FileChangeDto): string {
  const mark = paint(change === 'added' ? 'pass' : change === 'removed' ? 'fail' : 'warn', MARKS[change])
  const programs = new Set([from?.program, to?.program].filter((program) => program !== undefined))
  const told = [
    ...aspects,
    ...(change === 'changed' ? [] : [(from ?? to)?.type ?? '']),
    ...(programs.size > 0 ? [[...programs].join(' → ')] : []),
  ]
  return `${mark} ${safeText(path)}  ${paint('dim', safeText(told.join(', ')))}${expected(folded)}`
}
