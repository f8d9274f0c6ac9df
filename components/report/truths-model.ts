import type { ReportDto, ReportJobDto } from '#lib/api/reports.ts'
import { executionTruth, type Truth } from './truth-cell-model.ts'

/** A row of the four truths. */
export interface TruthsRow {
  readonly platform: string
  readonly digest?: string
  readonly sizeBytes?: number
  readonly index: Truth
  readonly config: Truth
  readonly binaries: Truth
  readonly execution: Truth
}

/** The four truths of every platform that was run, in the report's order. */
export function truthsRows({ jobs, kind }: Pick<ReportDto, 'jobs' | 'kind'>): TruthsRow[] {
  return jobs.map((job) => truthsRow(job, kind))
}

/** The four truths of one platform. */
export function truthsRow(job: ReportJobDto, kind: ReportDto['kind']): TruthsRow {
  return {
    platform: job.platform,
    ...(job.digest === undefined ? {} : { digest: job.digest }),
    ...(job.sizeBytes === undefined ? {} : { sizeBytes: job.sizeBytes }),
    index: indexTruth(job, kind),
    config: configTruth(job),
    binaries: binariesTruth(job),
    execution: jobExecutionTruth(job),
  }
}

/** The fourth truth of a report's job. */
export function jobExecutionTruth({ verdict, ending, execution, findings, tests = [] }: ReportJobDto): Truth {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const isTests = errors.every(({ code }) => code === 'RUN-005')
  const failedTests = isTests ? tests.filter((test) => test.verdict === 'failed').length : 0
  return executionTruth({ ...execution, verdict, ending, failedTests })
}

const UNKNOWN: Truth = { tone: 'skip', word: 'Not looked at' }

function indexTruth({ truths, digest }: ReportJobDto, kind: ReportDto['kind']): Truth {
  if (truths.index !== undefined) return { tone: 'pass', word: withoutLinux(truths.index), isStated: true }
  if (digest === undefined) return { tone: 'fail', word: kind === 'index' ? 'Not listed' : 'Not this image' }
  return kind === 'image'
    ? { tone: 'skip', word: 'No index', note: 'a single image' }
    : { tone: 'warn', word: 'Nothing', note: 'only the config can tell' }
}

function configTruth({ truths, platform, digest }: ReportJobDto): Truth {
  if (truths.config === undefined) return digest === undefined ? ABSENT : { ...UNKNOWN, word: 'Not read' }
  const { agrees, platform: stated } = truths.config
  const word = withoutLinux(stated)
  if (agrees) return { tone: 'pass', word, isStated: true }
  return { tone: 'fail', word, isStated: true, expected: withoutLinux(truths.index ?? platform) }
}

const ABSENT: Truth = { tone: 'skip', word: 'Nothing to look at' }

/** What the first binary that differs is, else the one that stays running. */
function binariesTruth({ truths, digest, unjudged = [] }: ReportJobDto): Truth {
  const { binaries } = truths
  if (binaries === undefined) return digest === undefined ? ABSENT : UNKNOWN
  const wrong = binaries.programs.find(({ match }) => match === 'differs')
  const shown = wrong ?? binaries.programs.at(-1)
  if (shown === undefined) {
    const word = OUTCOMES[binaries.outcome] ?? 'Not known'
    return { tone: binaries.match === 'differ' ? 'fail' : 'warn', word, ...path(binaries.chain.at(-1)) }
  }
  if (wrong === undefined) {
    return {
      tone: binaries.match === 'match' && !binaries.files?.differing ? 'pass' : 'warn',
      word: machine(shown.elf),
      ...path(shown.path),
      ...othersNote(binaries.files?.differing, unjudged),
    }
  }
  const found = tellApart(shown.elf, binaries.expected)
  return { tone: 'fail', ...found, ...path(shown.path) }
}

/** Files that do not start with the container, and are for other machines; or that some of them were not looked at. */
function othersNote(differing = 0, unjudged: NonNullable<ReportJobDto['unjudged']>): Pick<Truth, 'note'> {
  if (differing > 0) return { note: `${differing} ${differing === 1 ? 'file' : 'files'} of other machines` }
  return unjudged.some(({ codes }) => codes.includes('ELF-002'))
    ? { note: 'not every file was looked at' }
    : {}
}

const OUTCOMES: Readonly<Record<string, string>> = {
  'no-command': 'No command',
  'not-found': 'No entrypoint',
  'not-executable': 'Not executable',
  'missing-interpreter': 'No interpreter',
  'missing-loader': 'No loader',
  loop: 'Link loop',
  'not-elf': 'No Linux binary',
}

/** Machines where they differ; the whole descriptions where byte order or class do. */
function tellApart(elf: string, expected: string | undefined): { word: string; expected?: string } {
  if (expected === undefined) return { word: machine(elf) }
  return machine(elf) === machine(expected)
    ? { word: elf, expected }
    : { word: machine(elf), expected: machine(expected) }
}

function machine(elf: string): string {
  return elf.split(',')[0] ?? elf
}

function path(text: string | undefined): { note?: string } {
  return text === undefined ? {} : { note: text }
}

/** `linux/` goes without saying beside a platform that says it. */
function withoutLinux(platform: string): string {
  return platform.startsWith('linux/') ? platform.slice('linux/'.length) : platform
}
