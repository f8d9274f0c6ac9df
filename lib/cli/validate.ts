import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { AppError } from '#lib/errors/app-error.ts'
import { describeReport } from '#lib/report/describe-report.ts'
import type { Report } from '#lib/report/model.ts'
import {
  DEFAULT_SERVICE_MS,
  DEFAULT_TIMEOUT_MS,
  EMULATED_FACTOR,
  MAX_TIMEOUT_MS,
  type RunProfile,
  runProfile,
} from '#lib/report/run-profile.ts'
import type { Verdict } from '#lib/report/verdict.ts'
import type { RunRequest } from '#lib/service/run/plan-run.ts'
import { runImage } from '#lib/service/run/run-image.ts'
import { parseStructureTests } from '#lib/structure/parse-structure-tests.ts'
import { LiveLanes } from './live-lanes.ts'
import { withRunContext } from './local-context.ts'
import { complain, printJson } from './output.ts'
import { plainLines } from './plain-lines.ts'
import { printReport } from './print-report.ts'
import { readFiles } from './read-files.ts'
import { addReportOptions, ownsStdout, reportFiles, writeReportFiles } from './report-files.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { openSubmission, type Submission, submissionRequest, submitReport } from './submit.ts'
import { safeText } from './table.ts'

interface ValidateOptions extends CommonOptions {
  readonly platform?: readonly string[]
  readonly expectOutput?: string
  readonly expectExitCode?: number
  readonly timeout?: number
  /** Seconds, or true for the default. */
  readonly service?: number | true
  readonly port?: number
  readonly path?: string
  readonly health?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly file?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly network?: boolean
  readonly cpuFloor?: boolean
  readonly pages64k?: boolean
  readonly removeImages?: boolean
  readonly submit?: string
  readonly profile?: string
  readonly tests?: string
  readonly memory?: number
  readonly pids?: number
  /** False with `--no-layers`. */
  readonly layers?: boolean
}

/** What a shell expects of a program that was interrupted. */
const EXIT_INTERRUPTED = 130
/** A document that was asked for could not be written. */
const EXIT_NOT_WRITTEN = 2
const EXIT_CODES: Readonly<Record<Verdict, number>> = { passed: 0, failed: 1, inconclusive: 3, skipped: 3 }

/** `archway validate REF`: runs every platform of an image on the engines of this machine. */
export function registerValidate(program: Command): void {
  const defined = program
    .command('validate')
    .description('run every platform of an image by its digest, and say whether it did what it should')
    .argument('<reference>', 'for example quay.io/org/app:1.2, app@sha256:…, or oci:PATH:TAG')
    .argument('[command...]', 'after --: runs in place of the image’s Cmd')
    .optionsGroup('What runs:')
    .option('--platform <platform>', 'only this one; may be repeated (all of the image)', collect)
    .option('--profile <name>', 'take this profile of archway.yaml, or none (the repository’s default)')
    .option('--entrypoint <word>', 'in place of the image’s; may be repeated, one word each', collectWords)
    .option('--env <name=value>', 'on top of the image’s environment; may be repeated', collectEnv)
    .option(
      '--file <src:dest>',
      'a small text file of this machine, and where it lies in the containers; may be repeated',
      collectWords,
    )
    .optionsGroup('What is expected:')
    .option('--expect-output <text>', 'it has to write this text, or match this /regular expression/')
    .option('--expect-exit-code <n>', 'it has to end with this exit code (0)', wholeNumber(0, 255))
    .option(
      '--timeout <seconds>',
      `time limit (${DEFAULT_TIMEOUT_MS.native / 1000}); ${EMULATED_FACTOR} times as long under emulation`,
      secondsOf,
    )
    .option('--tests <file>', 'run the tests of this container-structure-test file on every platform')
    .option('--no-layers', 'leave out the checks that read the layers')
    .optionsGroup('A service, which keeps running:')
    .option(
      '--service [seconds]',
      `it has to keep running for this long (${DEFAULT_SERVICE_MS / 1000})`,
      secondsOf,
    )
    .option('--port <port>', 'this TCP port has to answer within the time limit', wholeNumber(1, 65_535))
    .option('--path <path>', 'with --port: an HTTP GET of this path has to be answered with 2xx or 3xx')
    .option('--health', 'the image’s own HEALTHCHECK has to pass within the time limit')
    .optionsGroup('The sandbox:')
    .option('--network', 'let it on the network')
    .option('--cpu-floor', 'repeat an emulated run on several processors, and say which it needs')
    .option('--pages-64k', 'repeat an emulated run with memory pages of 64 KiB')
    .option('--memory <MiB>', 'memory of each container (512)', wholeNumber(6, 65_536))
    .option('--pids <n>', 'processes and threads of each container (256)', wholeNumber(1, 32_768))
    .option('--remove-images', 'remove the images again that the engine did not have before')
    .optionsGroup('Results:')
    .option('--submit <url>', 'send the results to a run that waits for them; its page shows the URL')
    .option('--json', 'the report')
  addReportOptions(defined)
    .addHelpText(
      'after',
      '\n{os}, {architecture} and {platform} in the expected output are filled in for each platform.' +
        '\nA service passes as soon as it has shown what is asked, and with --service not before that time. Ports are' +
        '\ntried from a container beside it, so that it needs no --network.' +
        '\nA document’s FILE may be - for standard output. Documents mask the values of --env and the texts of --file; --json does not.' +
        '\nExit code: 0 passed, 1 failed, 3 inconclusive or skipped, 2 when it could not answer or write a file.',
    )
    .action((reference: string, command: readonly string[], options: ValidateOptions) =>
      runCommand(options, async (signal) => {
        const files = reportFiles({ ...options }, { json: options.json === true })
        const request = await toRequest(reference, command, options)
        const submission = await submissionOf(request, options, signal)
        const report = await validate(request, submission, options, signal)
        const described = describeReport(report)
        if (options.json) printJson(described)
        else if (ownsStdout(files)) complain(safeText(described.headline))
        else printReport(described)
        if (!(await writeReportFiles(report, files))) return EXIT_NOT_WRITTEN
        if (submission && report.verdict) await submit(submission, report, signal)
        return report.verdict ? EXIT_CODES[report.verdict] : EXIT_INTERRUPTED
      }),
    )
}

/** What is asked of the image is the run's to say: two answers to two questions are no comparison. */
async function submissionOf(
  { profile }: RunRequest,
  { submit: url }: ValidateOptions,
  signal: AbortSignal,
): Promise<Submission | undefined> {
  if (url === undefined) return undefined
  if (Object.keys(profile ?? {}).length > 0) {
    throw new AppError(
      'usage',
      'With --submit the run says what is expected; give the reference and --platform alone.',
    )
  }
  return openSubmission(url, signal)
}

async function submit(submission: Submission, report: Report, signal: AbortSignal): Promise<void> {
  const { taken, unsent } = await submitReport(submission, report, signal)
  const page = `${submission.address.server}/runs/${submission.address.runId}`
  for (const { platform, verdict } of taken)
    complain(safeText(`archway: sent ${platform}, ${verdict}, to ${page}`))
  for (const { platform } of unsent)
    complain(safeText(`archway: did not send ${platform}: nothing ran it here; the run goes on waiting`))
}

function validate(
  request: RunRequest,
  submission: Submission | undefined,
  options: ValidateOptions,
  signal: AbortSignal,
): Promise<Report> {
  const lanes = process.stderr.isTTY ? new LiveLanes(process.stderr) : undefined
  const emit = lanes?.emit ?? plainLines(complain)
  const { removeImages } = options
  return withRunContext(async (context) => {
    const wanted = submission ? await submissionRequest(context, submission, request, signal) : request
    return runImage(context, wanted, { runId: randomUUID(), emit, signal, removeImages })
  }).finally(() => lanes?.end())
}

async function toRequest(
  ref: string,
  command: readonly string[],
  options: ValidateOptions,
): Promise<RunRequest> {
  const { expectOutput, expectExitCode, timeout, env, entrypoint, network, memory, pids } = options
  const tests = options.tests === undefined ? undefined : await readTests(options.tests)
  const files = options.file === undefined ? undefined : await readFiles(options.file)
  const profile: RunProfile = {
    ...(entrypoint === undefined ? {} : { entrypoint: [...entrypoint] }),
    ...(command.length === 0 ? {} : { command: [...command] }),
    ...(expectOutput === undefined ? {} : { expectOutput }),
    ...(expectExitCode === undefined ? {} : { expectExitCode }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...serviceOf(options),
    ...(env === undefined ? {} : { env: { ...env } }),
    ...(files === undefined ? {} : { files }),
    ...(network === undefined ? {} : { network }),
    ...(options.cpuFloor ? { cpuFloor: true } : {}),
    ...(options.pages64k ? { pages64k: true } : {}),
    ...(memory === undefined && pids === undefined
      ? {}
      : {
          limits: {
            ...(memory === undefined ? {} : { memoryMiB: memory }),
            ...(pids === undefined ? {} : { pids }),
          },
        }),
    ...(tests === undefined ? {} : { tests }),
    ...(options.layers === false ? { layers: false } : {}),
  }
  return { ref, platforms: options.platform, profile, profileName: options.profile }
}

/** What makes it a service; nothing when it is to end. */
function serviceOf({ service, port, path, health }: ValidateOptions): Pick<RunProfile, 'service'> {
  const asked = {
    ...(service === undefined ? {} : { afterMs: service === true ? DEFAULT_SERVICE_MS : service }),
    ...(port === undefined ? {} : { port }),
    ...(path === undefined ? {} : { path }),
    ...(health ? { health } : {}),
  }
  if (Object.keys(asked).length === 0) return {}
  const parsed = runProfile.shape.service.safeParse(asked)
  if (parsed.success) return { service: parsed.data }
  const [
    {
      path: [field = 'service'],
      message,
    } = { path: [], message: '' },
  ] = parsed.error.issues
  throw new AppError('usage', `--${String(field)} ${message}`)
}

/** Its faults are told with the file’s own name, before anything is asked of a registry. */
async function readTests(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('usage', `${file} cannot be read: ${cause.message}.`, { cause })
  })
  parseStructureTests(text, file)
  return text
}

function collectWords(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word]
}

/** `--platform a --platform b,c` */
function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((part) => part.trim() !== '')]
}

function collectEnv(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Write NAME=value.')
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) }
}

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }
}

/** Milliseconds. */
function secondsOf(text: string): number {
  const ms = Math.round(Number(text) * 1000)
  if (/^\d+(\.\d+)?$/.test(text) && ms >= 100 && ms <= MAX_TIMEOUT_MS) return ms
  throw new InvalidArgumentError(`It must be a number of seconds from 0.1 to ${MAX_TIMEOUT_MS / 1000}.`)
}
