import type { Command } from 'commander'
import {
  type HistoryCellDto,
  type HistoryResponse,
  type HistoryRunDto,
  type HistoryStreakDto,
  historyQuery,
  historyResponse,
} from '#lib/api/history.ts'
import { isDigest, shortDigest } from '#lib/oci/digest.ts'
import { listHistory } from '#lib/service/report/list-history.ts'
import { askServer } from './ask-server.ts'
import { paint, print, printJson, type Tone } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { withStoredContext } from './stored-context.ts'
import { renderTable, safeText } from './table.ts'

interface HistoryOptions extends CommonOptions {
  readonly platform?: string
  readonly tag?: string
  readonly limit?: string
  readonly before?: string
}

type Outcome = HistoryCellDto['outcome']

const WORDS: Readonly<Record<Outcome, { readonly word: string; readonly tone: Tone }>> = {
  passed: { word: 'passed', tone: 'pass' },
  failed: { word: 'failed', tone: 'fail' },
  inconclusive: { word: 'inconclusive', tone: 'warn' },
  skipped: { word: 'skipped', tone: 'dim' },
  absent: { word: 'missing', tone: 'fail' },
  'left-out': { word: '-', tone: 'dim' },
}

/** `archway history`: what finished runs say of a repository, newest first. */
export function registerHistory(program: Command): void {
  program
    .command('history')
    .description('show what finished runs say of a repository, platform by platform, newest first')
    .argument('<repository>', 'such as quay.io/org/app')
    .option('--platform <platform>', 'this platform alone')
    .option('--tag <tag>', 'only runs that were asked for by this tag')
    .option('--limit <n>', 'so many runs; 50 when nothing is said')
    .option('--before <cursor>', 'the nextBefore of the page before')
    .option('--json', 'the answer of GET /api/v1/history')
    .option(
      '--server <url>',
      'the Archway that has the reports, instead of the data folder here (ARCHWAY_SERVER)',
    )
    .addHelpText('after', '\nExit code: 0, also for a repository that was never run; 2 without an answer.')
    .action((repository: string, options: HistoryOptions) =>
      runCommand(options, async (signal) => {
        const { platform, tag, limit, before } = options
        const given = Object.entries({ repository, platform, tag, limit, before }).filter(
          (pair): pair is [string, string] => pair[1] !== undefined,
        )
        const answer = await askServer(
          options,
          '/api/v1/history',
          new URLSearchParams(given),
          { query: historyQuery, answer: historyResponse },
          signal,
          (query) => withStoredContext((context) => listHistory(context, query)),
        )
        if (options.json) printJson(answer)
        else printHistory(answer)
        return 0
      }),
    )
}

function printHistory({ repository, platforms, runs, streaks, nextBefore }: HistoryResponse): void {
  if (runs.length === 0) {
    print(`No run of ${safeText(repository)} has come to its end.`)
    return
  }
  print(
    ...renderTable(
      [
        ...['FINISHED', 'TAG', 'REPORT', 'VERDICT'].map((title) => ({ title })),
        ...platforms.map((title) => ({ title: safeText(title.replace(/^linux\//, '').toUpperCase()) })),
      ],
      runs.map((run) => [
        run.finishedAt?.slice(0, 16).replace('T', ' ') ?? '-',
        nameOf(run),
        safeText(run.id),
        run.verdict === undefined ? '-' : paint(WORDS[run.verdict].tone, run.verdict),
        ...run.cells.map(cellText),
      ]),
    ),
    '',
    ...runs.flatMap((run) => run.cells.flatMap((cell) => changeLine(run, cell))),
    ...streaks.map(streakLine),
  )
  if (nextBefore !== undefined) print('', paint('dim', `older runs: --before ${nextBefore}`))
}

function cellText({ outcome, mode, change }: HistoryCellDto): string {
  const { word, tone } = WORDS[outcome]
  return paint(tone, `${word}${mode === 'emulated' ? ', emulated' : ''}${change ? ' *' : ''}`)
}

function changeLine(run: HistoryRunDto, { platform, outcome, change }: HistoryCellDto): string[] {
  if (change === undefined) return []
  const words = `${WORDS[change.was].word} → ${WORDS[outcome].word}`
  return [
    safeText(`* since ${nameOf(run)}, ${platform}: ${words}  (archway compare ${change.from} ${run.id})`),
  ]
}

function streakLine({ platform, outcome, mode, runs, isWhole, oldest }: HistoryStreakDto): string {
  const { word, tone } = WORDS[outcome]
  const how = mode === undefined || outcome === 'absent' ? '' : `, now ${mode}`
  return `${safeText(platform)}: ${paint(tone, word)} since ${nameOf(oldest)}, ${isWhole ? '' : 'at least '}${runs} in a row${how}`
}

function nameOf({ tag, digest }: { readonly tag?: string | undefined; readonly digest: string }): string {
  return tag === undefined ? (isDigest(digest) ? shortDigest(digest) : safeText(digest)) : safeText(tag)
}
