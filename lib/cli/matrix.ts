import { type Command, InvalidArgumentError } from 'commander'
import { type MatrixResponse, matrixQuery, matrixResponse } from '#lib/api/matrix.ts'
import type { MatrixMark, MatrixRow } from '#lib/diff/matrix-row.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { imageMatrix } from '#lib/service/image-matrix.ts'
import { askReading } from './ask-reading.ts'
import { withReadingContext } from './local-context.ts'
import { complain, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

const FAIL_ON = ['packages', 'config', 'binaries', 'any'] as const
type FailOn = (typeof FAIL_ON)[number]

interface MatrixOptions extends CommonOptions {
  readonly platform?: readonly string[]
  readonly layers: boolean
  readonly all?: boolean
  readonly failOn?: FailOn
}

/** Of a value in a cell; `--json` has all of it. */
const VALUE_MAX_CHARS = 40
const EXIT_INCOMPLETE = 2

/** `archway matrix REF`: all platforms of an index at once. */
export function registerMatrix(program: Command): void {
  program
    .command('matrix')
    .description('all platforms of an image at once: which agree on each package and each setting')
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .option('--platform <platform>', 'only this one; may be repeated', (text, before: string[] = []) => [
      ...before,
      text,
    ])
    .option('--no-layers', 'configs alone, no layer is downloaded')
    .option('--all', 'also what is alike everywhere, and what is expected to differ')
    .option('--fail-on <kind>', `exit 1 when these differ (${FAIL_ON.join(', ')})`, parseFailOn)
    .option('--json', 'the answer of GET /api/v1/matrix')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .addHelpText(
      'after',
      '\nExit code: 0, or 1 when --fail-on names something that differs, 2 when it could not answer in full.',
    )
    .action((reference: string, options: MatrixOptions) =>
      runCommand(options, async (signal) => {
        const { platform = [], layers, all, failOn, json } = options
        if (!layers && (failOn === 'packages' || failOn === 'binaries'))
          throw new AppError('usage', `--fail-on ${failOn} would never find anything here.`, {
            hint: 'It needs the layers: leave --no-layers out.',
          })
        const params = new URLSearchParams({ ref: reference })
        for (const each of platform) params.append('platform', each)
        if (!layers) params.set('depth', 'registry')
        if (all) params.set('show', 'all')
        const matrix = await askReading(
          options,
          '/api/v1/matrix',
          params,
          { query: matrixQuery, answer: matrixResponse },
          signal,
          (query, reading) => withReadingContext((context) => imageMatrix(context, query, reading)),
        )
        if (json) printJson(matrix)
        else printMatrix(matrix)
        tellFaults(matrix)
        return exitCode(matrix, failOn)
      }),
    )
}

function parseFailOn(text: string): FailOn {
  const kind = FAIL_ON.find((each) => each === text)
  if (kind === undefined) throw new InvalidArgumentError(`It must be one of ${FAIL_ON.join(', ')}.`)
  return kind
}

function exitCode({ summary, platforms, complete }: MatrixResponse, failOn: FailOn | undefined): number {
  const differ = {
    packages: (summary.packages?.differs ?? 0) > 0,
    config: summary.config.differs > 0,
    binaries: platforms.some(({ binaries }) => (binaries?.foreign ?? 0) > 0),
  }
  const fails = failOn === 'any' ? Object.values(differ).includes(true) : failOn && differ[failOn]
  return fails ? 1 : complete ? 0 : EXIT_INCOMPLETE
}

function printMatrix({
  summary,
  platforms,
  config,
  packages = [],
  packagesLeftOut,
  leftOut,
}: MatrixResponse): void {
  print(safeText(summary.text))
  const columns = platforms.map(({ platform }) => ({ title: safeText(platform) }))
  const table = (title: string, rows: readonly (readonly [string, MatrixRow])[]) => {
    if (rows.length === 0) return
    const lines = rows.map(([name, { values, marks }]) => [
      safeText(name),
      ...values.map((value, at) => cell(value, marks[at] ?? 'same')),
    ])
    print('', ...renderTable([{ title }, ...columns], lines))
  }
  if (platforms.some(({ binaries }) => (binaries?.counts.length ?? 0) > 0)) {
    const machines = platforms.map(({ binaries }) => binaryCell(binaries))
    print('', ...renderTable([{ title: 'PROGRAMS' }, ...columns], [['ELF files', ...machines]]))
  }
  table(
    'PACKAGE',
    packages.map((row) => [`${row.name} (${row.type})`, row]),
  )
  table(
    'CONFIG',
    config.map((row) => [row.key === undefined ? row.field : `${row.field} ${row.key}`, row]),
  )
  if (packagesLeftOut) print(paint('dim', `… ${packagesLeftOut} packages more`))
  const missed = leftOut.map(({ platform, digest, reason }) => `${platform ?? digest} (${reason})`)
  if (missed.length > 0) print('', paint('dim', `not in this table: ${safeText(missed.join(', '))}`))
}

/** What a mark adds to a value, or says where there is none. */
const WORDS: Readonly<Record<MatrixMark, (value: string) => string>> = {
  same: (value) => value,
  expected: (value) => paint('dim', value),
  other: (value) => paint('warn', `! ${value}`),
  only: (value) => paint('warn', `+ ${value}`),
  missing: () => paint('fail', 'missing'),
  absent: () => paint('dim', '-'),
  unseen: () => paint('dim', 'not looked at'),
}

function cell(value: string | null, mark: MatrixMark): string {
  const text = safeText(value === '' ? '""' : (value ?? ''))
  return WORDS[mark](text.length > VALUE_MAX_CHARS ? `${text.slice(0, VALUE_MAX_CHARS - 1)}…` : text)
}

function binaryCell(binaries: MatrixResponse['platforms'][number]['binaries']): string {
  if (!binaries) return paint('dim', 'not looked at')
  const total = binaries.counts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return paint('dim', 'none')
  if (binaries.foreign > 0) return paint('fail', `${binaries.foreign} of ${total} of another architecture`)
  return `${total} ${safeText(binaries.counts[0]?.kind.split(',')[0] ?? '')}`
}

function tellFaults({ platforms }: MatrixResponse): void {
  for (const { platform, problem, layers = [], unreadDatabases = [] } of platforms) {
    const faults = [
      problem?.detail,
      ...layers.map((layer) => layer.problem?.detail),
      ...unreadDatabases.map(({ type, path, message }) => `the ${type} database ${path}: ${message}`),
    ]
    for (const fault of faults)
      if (fault !== undefined) complain(`archway: ${safeText(platform)}: ${safeText(fault)}`)
  }
}
