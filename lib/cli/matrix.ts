import { type Command, InvalidArgumentError } from 'commander'
import { type MatrixResponse, matrixQuery, matrixResponse } from '#lib/api/matrix.ts'
import { imageMatrix } from '#lib/service/image-matrix.ts'
import { askReading } from './ask-reading.ts'
import { withReadingContext } from './local-context.ts'
import { complain, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

const FAIL_ON = ['config', 'packages', 'any'] as const
type FailOn = (typeof FAIL_ON)[number]

interface MatrixOptions extends CommonOptions {
  readonly platform?: readonly string[]
  readonly layers: boolean
  readonly all?: boolean
  readonly failOn?: FailOn
}

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
    .option('--all', 'also what is the same everywhere, and what is expected to differ')
    .option('--fail-on <kind>', `exit 1 when this differs (${FAIL_ON.join(', ')})`, parseFailOn)
    .option('--json', 'the answer of GET /api/v1/images/matrix')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .addHelpText(
      'after',
      '\nExit code: 0, or 1 when --fail-on names something that differs, 2 when it could not answer in full.',
    )
    .action((reference: string, options: MatrixOptions) =>
      runCommand(options, async (signal) => {
        const params = new URLSearchParams({ ref: reference })
        for (const platform of options.platform ?? []) params.append('platform', platform)
        if (!options.layers) params.set('depth', 'registry')
        const matrix = await askReading(
          options,
          '/api/v1/images/matrix',
          params,
          { query: matrixQuery, answer: matrixResponse },
          signal,
          (query, reading) => withReadingContext((context) => imageMatrix(context, query, reading)),
        )
        if (options.json) printJson(matrix)
        else printMatrix(matrix, options.all === true)
        tellFaults(matrix)
        return exitCode(matrix, options.failOn)
      }),
    )
}

function parseFailOn(text: string): FailOn {
  const kind = FAIL_ON.find((each) => each === text)
  if (kind === undefined) throw new InvalidArgumentError(`It must be one of ${FAIL_ON.join(', ')}.`)
  return kind
}

function exitCode({ summary, complete }: MatrixResponse, failOn: FailOn | undefined): number {
  const differ = {
    config: summary.config.differs > 0,
    packages: (summary.packages?.differs ?? 0) > 0,
  }
  const fails = failOn === 'any' ? differ.config || differ.packages : failOn && differ[failOn]
  return fails ? 1 : complete ? 0 : EXIT_INCOMPLETE
}

function printMatrix(
  { summary, platforms, config, packages = [], leftOut }: MatrixResponse,
  all: boolean,
): void {
  print(safeText(summary.text))
  const columns = platforms.map(({ platform }) => ({ title: safeText(platform) }))
  const table = (title: string, rows: readonly (readonly [string, MatrixResponse['config'][number]])[]) => {
    const shown = rows.filter(([, { state }]) => all || state === 'differs')
    if (shown.length === 0) return
    const lines = shown.map(([name, { values, agreement, state }]) => [
      safeText(name),
      ...values.map((value, at) => cell(value, agreement[at] ?? null, platforms[at]?.complete === true)),
      ...(all ? [paint('dim', state)] : []),
    ])
    print('', ...renderTable([{ title }, ...columns, ...(all ? [{ title: '' }] : [])], lines))
  }
  table(
    'PACKAGE',
    packages.map((row) => [`${row.name} ${row.type}`, { ...row, field: '' }]),
  )
  table(
    'CONFIG',
    config.map((row) => [row.key === undefined ? row.field : `${row.field} ${row.key}`, row]),
  )
  if (leftOut.length > 0) print('', paint('dim', `not looked at: ${safeText(leftOut.join(', '))}`))
}

function cell(value: string | null, agreement: number | null, isComplete: boolean): string {
  if (value === null) return isComplete ? paint('fail', '-') : paint('dim', '?')
  const text = safeText(value).slice(0, VALUE_MAX_CHARS)
  return agreement === 0 ? text : paint('warn', text)
}

function tellFaults({ platforms }: MatrixResponse): void {
  for (const { platform, problem, layers = [] } of platforms) {
    for (const fault of [problem, ...layers.map((layer) => layer.problem)])
      if (fault) complain(`archway: ${safeText(platform)}: ${safeText(fault.detail)}`)
  }
}
