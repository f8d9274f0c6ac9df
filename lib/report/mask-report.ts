import { MASKED_VALUE, maskEnv, maskEnvInText, maskedValues } from './mask-env.ts'
import type { Report, ReportExecution, ReportJob } from './model.ts'

type Env = Readonly<Record<string, string>>

/** How Archway writes an engine's address into a message; a path with blanks ends with its `.sock`. */
const ENGINE_ADDRESS = /\b(engine at) (?:unix:\/\/.*?\.sock\b|[a-z]+:\/\/\S+)/gi
const ANY_ADDRESS = /\b[a-z]+:\/\/[^\s”"]+/gi

/**
 * A report as anybody may see it who has its link: the values that the run's environment was given are masked, also
 * where the program printed them or a message repeats them, and the texts of its files. The address of an engine is taken
 * out of what Archway says. The image's own environment is in no report.
 */
export function maskReport(report: Report): Report {
  const env = allEnv(report.profile)
  const mask = (text: string) => (env ? maskEnvInText(text, env) : text)
  return {
    ...report,
    profile: maskProfile(report.profile, mask),
    ...maskSaid(report, mask),
    jobs: report.jobs.map((job) => maskJob(job, mask, env ?? {})),
  }
}

/**
 * A job without the values that its run was given in the environment, wherever it repeats them. Done before anything is
 * kept or told: also who may use Archway reads no secret out of what a program wrote.
 */
export function maskJobEnv(job: ReportJob, profile: Report['profile']): ReportJob {
  const env = allEnv(profile)
  if (env === undefined) return job
  const mask = (text: string) => maskEnvInText(text, env)
  const masked = maskJob(job, mask, env, (text) => text)
  return job.ending ? { ...masked, ending: maskTexts(job.ending, mask) } : masked
}

/** The variables of all platforms; one that has several values is looked for with each. */
function allEnv({ env, platforms = {} }: Report['profile']): Env | undefined {
  const own = Object.entries(platforms).flatMap(([platform, { env: added = {} }]) =>
    Object.entries(added).map(([name, value]) => [
      env?.[name] === undefined ? name : `${name} on ${platform}`,
      value,
    ]),
  )
  return env || own.length > 0 ? { ...Object.fromEntries(own), ...env } : undefined
}

/** Values of variables, and the texts of files, wherever they are stated. */
function maskProfile(profile: Report['profile'], mask: (text: string) => string): Report['profile'] {
  const { env, files, platforms } = profile
  return {
    ...maskTexts(profile, mask),
    ...(env ? { env: maskEnv(env) } : {}),
    ...(files ? { files: Object.fromEntries(Object.keys(files).map((path) => [path, MASKED_VALUE])) } : {}),
    ...(platforms
      ? {
          platforms: Object.fromEntries(
            Object.entries(platforms).map(([platform, own]) => [platform, maskProfile(own, mask)]),
          ),
        }
      : {}),
  }
}

/** `withoutEngineAddress` takes out of a text how an engine is reached. */
function maskJob(
  job: ReportJob,
  mask: (text: string) => string,
  env: Env,
  withoutEngineAddress = hideEngineAddress,
): ReportJob {
  const told = (text: string) => mask(withoutEngineAddress(text))
  return {
    ...job,
    ...(job.ending ? { ending: maskEnding(job.ending, mask) } : {}),
    ...(job.execution ? { execution: maskExecution(job.execution, told, env) } : {}),
    ...(job.escalated ? { escalated: maskTexts(job.escalated, mask) } : {}),
    ...(job.cpuFloor ? { cpuFloor: maskTexts(job.cpuFloor, mask) } : {}),
    ...(job.largePages ? { largePages: maskTexts(job.largePages, mask) } : {}),
    ...(job.tests
      ? { tests: job.tests.map((test) => maskTexts(test, (text) => mask(withoutEngineAddress(text)))) }
      : {}),
    ...maskSaid(job, mask),
  }
}

/** What checks found, what of it is accepted, and why they could not look: messages may repeat a value. */
function maskSaid(
  { findings, accepted, unjudged }: Pick<Report, 'findings' | 'accepted' | 'unjudged'>,
  mask: (text: string) => string,
) {
  const masked = <T extends Report['findings'][number]>(finding: T): T => ({
    ...finding,
    evidence: maskTexts(finding.evidence, mask, true),
  })
  return {
    findings: findings.map(masked),
    ...(accepted ? { accepted: accepted.map(masked) } : {}),
    ...(unjudged ? { unjudged: maskTexts(unjudged, mask) } : {}),
  }
}

function maskExecution(
  execution: ReportExecution,
  told: (text: string) => string,
  env: Env,
): ReportExecution {
  const { service } = execution
  return { ...maskOutput(execution, env), ...(service ? { service: maskTexts(service, told) } : {}) }
}

function maskEnding(ending: NonNullable<ReportJob['ending']>, mask: (text: string) => string) {
  const address = ending.reason === 'no-engine' ? ANY_ADDRESS : undefined
  const hide = (text: string) => {
    const told = hideEngineAddress(text)
    return mask(address ? told.replace(address, MASKED_VALUE) : told)
  }
  const evidence = maskTexts(ending.evidence, hide, true)
  return { ...ending, evidence }
}

function hideEngineAddress(text: string): string {
  return text.replace(ENGINE_ADDRESS, `$1 ${MASKED_VALUE}`)
}

/**
 * In each stream for itself, and in both as they came: a value may be cut in two by the other stream, or by the end of a
 * part. Lengths of parts still fit.
 */
function maskOutput(execution: ReportExecution, env: Env): ReportExecution {
  const { output, outputParts } = execution
  let at = 0
  const places = outputParts.map(({ stream, length }) => {
    at += length
    return { stream, from: at - length, to: at }
  })
  const streams = (['stdout', 'stderr'] as const).map((wanted) =>
    places.filter(({ stream }) => stream === wanted),
  )
  const spans = [[{ from: 0, to: output.length }], ...streams].flatMap((stretch) =>
    secretsIn(output, stretch, env),
  )
  const hidden = new Uint8Array(output.length)
  for (const { from, to } of spans) hidden.fill(1, from, to)
  const parts = places.map(({ stream, from, to }) => {
    let text = ''
    for (let place = from; place < to; place++) {
      if (hidden[place] === 0) text += output[place]
      else if (hidden[place - 1] !== 1) text += MASKED_VALUE
    }
    return { stream, text }
  })
  return {
    ...execution,
    output: parts.map(({ text }) => text).join(''),
    outputParts: parts.map(({ stream, text }) => ({ stream, length: text.length })),
  }
}

/** Where values lie in the text that these stretches make together, as places in the whole. */
function secretsIn(
  output: string,
  stretches: readonly { readonly from: number; readonly to: number }[],
  env: Env,
): { from: number; to: number }[] {
  const text = stretches.map(({ from, to }) => output.slice(from, to)).join('')
  return maskedValues(env).flatMap((value) => {
    const found: { from: number; to: number }[] = []
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      let offset = 0
      for (const { from, to } of stretches) {
        const start = Math.max(at, offset)
        const end = Math.min(at + value.length, offset + to - from)
        if (start < end) found.push({ from: from + start - offset, to: from + end - offset })
        offset += to - from
      }
    }
    return found
  })
}

/** Fields that hold words of Archway’s own: a variable may well be set to `passed`. */
const OWN_WORDS = new Set([
  ...['verdict', 'reason', 'kind', 'status', 'model', 'cpu', 'from'],
  ...['codes', 'platforms', 'unlooked', 'unasked'],
])

/** Every foreign text in a value; keys, numbers and Archway’s own words stay. Evidence may hold anything. */
function maskTexts<T>(value: T, mask: (text: string) => string, isEvidence = false): T {
  if (typeof value === 'string') return mask(value) as T
  if (Array.isArray(value)) return value.map((item) => maskTexts(item, mask, isEvidence)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      !isEvidence && OWN_WORDS.has(key) ? item : maskTexts(item, mask, isEvidence || key === 'evidence'),
    ]),
  ) as T
}
