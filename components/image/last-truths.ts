import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { formatDuration } from '#components/ui/duration.ts'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { ImagePlatformDto } from '#lib/api/image.ts'
import type { ReportDto, ReportJobDto } from '#lib/api/reports.ts'

/** A truth as a cell tells it: what is so, how sure, and on what grounds. `word` and `note` hold foreign text. */
export interface ToldTruth {
  readonly tone: Tone
  readonly word: string
  readonly note?: string
}

/** What the last report knows of a platform's image. */
export interface LastTruths {
  readonly binaries?: ToldTruth
  readonly ran?: ToldTruth
}

/** The two truths that only a run can tell, for the image that this entry of the index names. */
export function lastTruths(
  report: Pick<ReportDto, 'jobs'> | undefined,
  { digest }: Pick<ImagePlatformDto, 'digest'>,
): LastTruths {
  const job = report?.jobs.find((each) => each.digest === digest)
  if (!job) return {}
  const binaries = toldBinaries(job)
  const ran = toldExecution(job)
  return { ...(binaries ? { binaries } : {}), ...(ran ? { ran } : {}) }
}

const BINARY_TONES = { match: 'pass', differ: 'fail', unknown: 'skip' } as const

function toldBinaries({ truths: { binaries } }: ReportJobDto): ToldTruth | undefined {
  if (!binaries) return undefined
  const { match, programs, outcome } = binaries
  const wrong = programs.find((program) => program.match === 'differs')
  const shown = wrong ?? programs.at(-1)
  if (!shown)
    return {
      tone: match === 'differ' ? 'fail' : 'skip',
      word: 'Not told',
      note: outcome.replaceAll('-', ' '),
    }
  const word = shown.elf.split(',')[0] ?? shown.elf
  return { tone: BINARY_TONES[match], word, note: shown.path }
}

function toldExecution({ verdict, execution, ending }: ReportJobDto): ToldTruth | undefined {
  if (!verdict) return undefined
  const { tone, word } = VERDICT_LOOKS[verdict]
  const reason = verdict === 'passed' || !ending ? undefined : reasonWord(ending.reason)
  const grounds = execution
    ? [
        execution.mode,
        execution.exitCode === undefined || execution.exitCode === 0
          ? formatDuration(execution.durationMs)
          : `exit ${execution.exitCode}`,
      ]
    : []
  const note = [...grounds, ...(reason === undefined ? [] : [reason])].join(' · ')
  return { tone, word, ...(note === '' ? {} : { note }) }
}

type Reason = NonNullable<ReportJobDto['ending']>['reason']

/** Where the reason by itself would not be understood, or is said beside it. */
const REASON_WORDS: Readonly<Partial<Record<Reason, string | undefined>>> = {
  'as-expected': undefined,
  'exit-code': undefined,
  output: 'unexpected output',
  'not-offered': 'nothing here can run it',
}

function reasonWord(reason: Reason): string | undefined {
  return reason in REASON_WORDS ? REASON_WORDS[reason] : reason.replaceAll('-', ' ')
}
