import type { JobPair } from './change.ts'
import type { FindingChange } from './compare-findings.ts'
import type { Report, ReportEngine } from './model.ts'

/** Why a difference may be something else than a change of the image. */
export const CAUTIONS = [
  'repository',
  'order',
  'profile',
  'policy',
  'engine',
  'mode',
  'archway',
  'cancelled',
] as const

/** One such reason, and a sentence that names it. */
export interface ReportCaution {
  readonly kind: (typeof CAUTIONS)[number]
  readonly text: string
}

/** What differs between two runs beside the image. Values of the environment are compared and never told. */
export function compareCautions(
  from: Report,
  to: Report,
  pairs: readonly JobPair[],
  findings: readonly FindingChange[],
): readonly ReportCaution[] {
  const cautions: ReportCaution[] = []
  const add = (kind: ReportCaution['kind'], text: string) => cautions.push({ kind, text })
  if (repository(from) !== repository(to))
    add('repository', `They are of two repositories: ${repository(from)} and ${repository(to)}.`)
  if (Date.parse(to.finishedAt) < Date.parse(from.finishedAt))
    add('order', 'The second report is the older one: read what follows backwards.')
  const asked = [...new Set([...Object.keys(from.profile), ...Object.keys(to.profile)])].filter(
    (name) => sorted(from.profile[name as never]) !== sorted(to.profile[name as never]),
  )
  if (asked.length > 0) add('profile', `They were asked for something else: ${asked.join(', ')} differ.`)
  const waived = findings.filter(({ presence }) => presence === 'accepted' || presence === 'unaccepted')
  const codes = [...new Set(waived.map(({ code }) => code))]
  if (codes.length > 0)
    add(
      'policy',
      `The policy accepts findings on one side alone; they are in the image still: ${codes.join(', ')}.`,
    )
  const modes = pairs.filter((pair) => differ(pair, (job) => job.execution?.mode))
  if (modes.length > 0) add('mode', `Native on one side, emulated on the other: ${names(modes)}.`)
  const engines = pairs.filter((pair) => differ(pair, (job) => job.engine && engineKey(job.engine)))
  if (engines.length > 0) add('engine', `Run on another engine, or another version of it: ${names(engines)}.`)
  if (from.archway !== to.archway)
    add('archway', `Judged by Archway ${from.archway} and ${to.archway}, whose checks may differ.`)
  if (from.verdict === undefined || to.verdict === undefined)
    add('cancelled', 'A run was cancelled before it was over.')
  return cautions
}

function repository({ pinned }: Report): string {
  return pinned.replace(/@[^@]*$/, '')
}

/** Where only one side has a value there is nothing to compare. */
function differ(
  { from, to }: JobPair,
  value: (job: NonNullable<JobPair['from']>) => string | undefined,
): boolean {
  const [before, after] = [from && value(from), to && value(to)]
  return before !== undefined && after !== undefined && before !== after
}

function engineKey({ kind, name, version, architecture, emulator }: ReportEngine): string {
  return JSON.stringify([kind, name, version, architecture, emulator])
}

function names(pairs: readonly JobPair[]): string {
  return pairs.map(({ platform }) => platform).join(', ')
}

/** JSON that does not depend on the order of keys. */
function sorted(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
