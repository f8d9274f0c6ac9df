import os from 'node:os'
import type { z } from 'zod'
import {
  type AwaitedResults,
  awaitedResults,
  parseSubmitUrl,
  type RemoteResult,
  type ResultTaken,
  resultTaken,
  SIGNATURE_HEADER,
  type SignedCall,
  type SubmitAddress,
  signCall,
} from '#lib/api/remote-results.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { Report, ReportJob } from '#lib/report/model.ts'
import { planRun, type RunRequest } from '#lib/service/run/plan-run.ts'
import type { RunContext } from '#lib/service/run/run-context.ts'
import { callServer } from './ask-server.ts'

/** A run of another Archway that waits for what is run here. */
export interface Submission {
  readonly address: SubmitAddress
  readonly awaited: AwaitedResults
}

/** Asks the run what it waits for. Throws `usage`, and the server's problem. */
export async function openSubmission(url: string, signal: AbortSignal): Promise<Submission> {
  const address = parseSubmitUrl(url)
  if (address === undefined) {
    throw new AppError(
      'usage',
      '--submit wants the whole URL that the run’s page shows, with #submit=… at its end.',
      {
        hint: 'In a shell and in YAML, put it in quotes.',
      },
    )
  }
  return { address, awaited: await send(address, 'GET', undefined, awaitedResults, signal) }
}

/**
 * What to run here for a run that waits: the same digest out of the reference given, which may be a mirror, with the
 * run's own profile. Throws `submission_mismatch` when the reference is another image now.
 */
export async function submissionRequest(
  context: RunContext,
  { awaited }: Submission,
  { ref, platforms }: Pick<RunRequest, 'ref' | 'platforms'>,
  signal: AbortSignal,
): Promise<RunRequest> {
  const open = awaited.jobs.map(({ platform }) => platform)
  const asked = platforms?.map((text) => platformText(parsePlatform(text))) ?? open
  const stranger = asked.find((platform) => !open.includes(platform))
  if (stranger !== undefined || asked.length === 0) {
    const waits = open.length === 0 ? 'for nothing any more' : `for ${open.join(', ')}`
    throw new AppError(
      'submission_mismatch',
      `The run waits ${waits}${stranger ? `, not for ${stranger}` : ''}.`,
    )
  }
  // A profile of this machine's archway.yaml is not the run's.
  const plan = await planRun(
    context,
    { ref, platforms: asked, profile: awaited.profile, profileName: 'none' },
    signal,
  )
  if (plan.digest !== awaited.digest) {
    throw new AppError(
      'submission_mismatch',
      `${plan.reference} is ${plan.digest} here; the run is pinned to ${awaited.digest}.`,
      {
        hint: 'The tag has moved, or this is another registry. Name the image by the run’s digest: NAME@sha256:…',
      },
    )
  }
  return { ref: plan.pinned, platforms: asked, profile: awaited.profile, profileName: 'none' }
}

/** Sends what came of each platform; one that nothing here could run is left for another machine, and answered apart. */
export async function submitReport(
  { address }: Submission,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly taken: readonly ResultTaken[]; readonly unsent: readonly ReportJob[] }> {
  const { username } = os.userInfo()
  const by = `${username}@${os.hostname()}`.slice(0, 200)
  const sendable = report.jobs.filter(tellsSomething)
  const taken: ResultTaken[] = []
  for (const job of sendable) {
    const result: RemoteResult = { digest: report.digest, by, archway: report.archway, job }
    taken.push(await send(address, 'POST', result, resultTaken, signal))
  }
  return { taken, unsent: report.jobs.filter((job) => !sendable.includes(job)) }
}

/** An engine that is not there, or a pull that failed, says nothing of the image: the run can wait for better. */
function tellsSomething({ ending, execution }: ReportJob): boolean {
  return ending !== undefined && (execution !== undefined || ending.verdict === 'failed')
}

function send<A extends z.ZodType>(
  { server, runId, key }: SubmitAddress,
  method: SignedCall['method'],
  result: RemoteResult | undefined,
  answer: A,
  signal: AbortSignal,
): Promise<z.output<A>> {
  const text = result === undefined ? '' : JSON.stringify(result)
  const call = {
    path: `api/v1/runs/${runId}/results`,
    headers: { [SIGNATURE_HEADER]: signCall(key, { method, runId, body: text }) },
    ...(result === undefined ? {} : { text }),
  }
  return callServer(`${server}/`, call, answer, signal)
}
