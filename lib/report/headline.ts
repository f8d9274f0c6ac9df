import { renderFinding } from '#lib/checks/render-finding.ts'
import { eachOf, jobClause } from './job-clause.ts'
import type { Report, ReportJob } from './model.ts'
import type { Verdict } from './verdict.ts'

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
/** More platforms than this are counted, not named. */
const NAMED_MAX = 3

const WERE: Readonly<Record<Exclude<Verdict, 'passed'>, readonly [one: string, many: string]>> = {
  failed: ['failed', 'failed'],
  inconclusive: ['is inconclusive', 'are inconclusive'],
  skipped: ['was skipped', 'were skipped'],
}

/**
 * What came of a run in one sentence that a stranger understands, for pages, links in a chat, terminals: “Three of four
 * platforms passed; linux/ppc64le failed: its entrypoint is an x86-64 binary.” An emulated pass says so, and so do
 * platforms that were left out.
 */
export function reportHeadline(report: Report): string {
  const { jobs, verdict, leftOut } = report
  if (verdict === undefined) return cancelled(jobs)
  if (jobs.length === 0) return 'Nothing was run: there was no platform to run.'
  const parts = [
    passedPart(jobs, leftOut.length > 0),
    ...(['failed', 'inconclusive', 'skipped'] as const).map((each) => otherPart(jobs, each)),
  ]
  const left =
    leftOut.length === 0 ? undefined : `${named(leftOut)} ${leftOut.length === 1 ? 'was' : 'were'} left out`
  const told = [...parts, indexPart(report), left].filter((part) => part !== undefined)
  return `${capital(told.join('; '))}.`
}

function cancelled(jobs: readonly ReportJob[]): string {
  const finished = jobs.filter((job) => job.state === 'finished').length
  const far =
    finished === 0
      ? 'no platform had finished'
      : `${count(finished)} of ${count(jobs.length)} ${jobs.length === 1 ? 'platform' : 'platforms'} had finished`
  return `It was cancelled before it was over, so there is no verdict; ${far}.`
}

function passedPart(jobs: readonly ReportJob[], isPart: boolean): string | undefined {
  const passed = jobs.filter((job) => job.verdict === 'passed')
  const [only] = jobs
  const asked = isPart ? ' asked for' : ''
  if (jobs.length === 1) {
    return passed.length === 0 ? undefined : `${only?.platform} passed${how(passed)}`
  }
  if (passed.length === 0 && jobs.length === 2) return `neither platform${asked} passed`
  if (passed.length === 0) return `none of the ${count(jobs.length)} platforms${asked} passed`
  if (passed.length < jobs.length)
    return `${count(passed.length)} of ${count(jobs.length)} platforms${asked} passed${how(passed)}`
  return `${jobs.length === 2 ? 'both' : `all ${count(jobs.length)}`} platforms${asked} passed${how(passed)}`
}

/** An emulated pass is never told like a native one. */
function how(passed: readonly ReportJob[]): string {
  const emulated = passed.filter((job) => job.execution?.mode === 'emulated').length
  if (emulated === 0) return passed.length === 1 ? ', run natively' : ', all run natively'
  if (emulated === passed.length) return passed.length === 1 ? ' under emulation' : ', all under emulation'
  return `, ${count(emulated)} of them under emulation`
}

function otherPart(jobs: readonly ReportJob[], verdict: Exclude<Verdict, 'passed'>): string | undefined {
  const those = jobs.filter((job) => job.verdict === verdict)
  if (those.length === 0) return undefined
  const clauses = new Set(those.map(jobClause))
  const [clause] = clauses
  const [one, many] = WERE[verdict]
  const told = `${named(those.map((job) => job.platform))} ${those.length === 1 ? one : many}`
  if (clause === undefined || clauses.size > 1) return told
  return `${told}: ${those.length === 1 ? clause : eachOf(clause)}`
}

/** An error that concerns the image as a whole makes it fail whatever its platforms did. */
function indexPart({ findings }: Report): string | undefined {
  const error = findings.find(({ severity, platform }) => severity === 'error' && platform === undefined)
  if (error === undefined) return undefined
  const { code, severity, evidence } = error
  const { title } = renderFinding({ code, severity, evidence })
  return `the image as a whole failed: ${title.charAt(0).toLowerCase()}${title.slice(1)}`
}

function named(platforms: readonly string[]): string {
  if (platforms.length > NAMED_MAX) return count(platforms.length)
  return platforms.length < 2
    ? platforms.join('')
    : `${platforms.slice(0, -1).join(', ')} and ${platforms.at(-1)}`
}

function count(number: number): string {
  return NUMBERS[number] ?? String(number)
}

/** Names of platforms stay as they are. */
function capital(text: string): string {
  return /^[a-z0-9]+\//.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
