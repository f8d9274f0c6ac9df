import { readFile, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import type { ComparisonResponse } from '#lib/api/report-comparison.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type Report, report } from '#lib/report/model.ts'
import { secondsText } from '#lib/report/render/report-words.ts'
import { comparisonDto } from '#lib/service/report/compare-reports.ts'
import { callServer, serverOf } from './ask-server.ts'
import { paint, print, printJson, type Tone } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

/** Far above what a report may come to; a larger file is something else. */
const FILE_MAX_BYTES = 64 << 20
const EXIT = { same: 0, better: 0, worse: 1, unclear: 3 } as const
const TONES: Readonly<Record<ComparisonResponse['outcome'], Tone>> = {
  same: 'dim',
  better: 'pass',
  worse: 'fail',
  unclear: 'warn',
}

/** `archway compare A B`: report files, or ids with `--server`. */
export function registerCompare(program: Command): void {
  program
    .command('compare')
    .description('compare two reports: what got better, worse, new and gone')
    .argument('<from>', 'the earlier report: a JSON file, or with --server an id')
    .argument('<to>', 'the later one')
    .option('--json', 'the answer of GET /api/v1/reports/compare')
    .option('--server <url>', 'the Archway that has the reports (ARCHWAY_SERVER)')
    .addHelpText(
      'after',
      '\nExit code: 0, 1 when something got worse, 3 when it cannot be told, 2 without an answer.',
    )
    .action((from: string, to: string, options: CommonOptions) =>
      runCommand(options, async (signal) => {
        const [before, after] = await Promise.all([
          readReport(from, options, signal),
          readReport(to, options, signal),
        ])
        const comparison = comparisonDto(before, after)
        if (options.json) printJson(comparison)
        else printComparison(comparison)
        return EXIT[comparison.outcome]
      }),
    )
}

/** A file by this name, else the server's report. Throws `usage`, or what the server says. */
async function readReport(name: string, options: CommonOptions, signal: AbortSignal): Promise<Report> {
  const file = await stat(name).catch(() => undefined)
  const server = serverOf(options)
  if (file?.isFile()) return readReportFile(name, file.size)
  if (server)
    return callServer(server, { path: `/api/v1/reports/${encodeURIComponent(name)}` }, report, signal)
  throw new AppError('usage', `There is no report file “${name}”.`, {
    hint: 'Ids of reports need --server URL.',
  })
}

async function readReportFile(name: string, sizeBytes: number): Promise<Report> {
  if (sizeBytes > FILE_MAX_BYTES) throw new AppError('usage', `“${name}” is too large for a report.`)
  try {
    return report.parse(JSON.parse(await readFile(name, 'utf8')))
  } catch (cause) {
    throw new AppError('usage', `“${name}” is not a report of Archway.`, {
      hint: 'archway validate --json and GET /api/v1/reports/ID.json write reports.',
      cause,
    })
  }
}

function printComparison({ from, to, outcome, headline, cautions, platforms, findings }: ComparisonResponse) {
  print(...[from, to].map((side) => safeText(`${side.finishedAt}  ${side.reference}  ${side.digest}`)), '')
  for (const { text } of cautions) print(`${paint('warn', 'mind')} ${safeText(text)}`)
  if (cautions.length > 0) print('')
  print(
    ...renderTable(
      [{ title: 'PLATFORM' }, { title: 'CHANGE' }, { title: 'FROM' }, { title: 'TO' }, { title: 'TRUTHS' }],
      platforms.map((each) => [
        safeText(each.platform),
        paint(
          TONES[each.change],
          each.presence === 'both' ? each.change : `${each.change}, ${each.presence}`,
        ),
        jobWords(each.from),
        jobWords(each.to),
        each.truths.map(({ truth, from: a = '?', to: b = '?' }) => `${truth} ${a} → ${b}`).join(', ') || '-',
      ]),
    ),
    '',
  )
  for (const { platform, tests } of platforms)
    for (const { name, change, from: a = '-', to: b = '-' } of tests)
      print(`${paint(TONES[change], 'test')} ${safeText(`${platform} ${name}`)}: ${a} → ${b}`)
  const all = [...findings, ...platforms.flatMap((each) => each.findings)]
  for (const { presence, change, code, platform, message } of all)
    print(
      `${paint(TONES[change], presence)} ${code}${platform ? safeText(` ${platform}`) : ''}: ${safeText(message)}`,
    )
  print(paint(TONES[outcome], safeText(headline)))
}

function jobWords(job: ComparisonResponse['platforms'][number]['from']): string {
  if (job === undefined) return '-'
  const time = job.durationMs === undefined ? [] : [secondsText(job.durationMs)]
  return [job.verdict ?? 'cancelled', ...(job.mode ? [job.mode] : []), ...time].join(', ')
}
