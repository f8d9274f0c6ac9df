import { randomBytes } from 'node:crypto'
import { submitPath } from '#lib/api/remote-results.ts'
import type { RunAccepted, RunRequestDto } from '#lib/api/runs.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { DeskContext } from './desk-context.ts'
import { planRun, type RunPlan } from './plan-run.ts'
import { assertSameRequest, type RequestKey, requestKey } from './request-key.ts'

/** Nobody guesses it: whoever has it says how the image ran. */
const KEY_BYTES = 32
/** A machine elsewhere may have a queue. */
const DEFAULT_WAIT_MS = 6 * 3_600_000

/**
 * Starts a run and answers once it is planned and kept; the work goes on without the caller. The same request with the
 * same key is answered with the run that it started first. What is wrong with the request is told here: throws what
 * `planRun` throws, `run_key_conflict`, `runs_too_many`, `server_stopping`, `store_unavailable`.
 */
export async function startRun(
  context: DeskContext,
  request: RunRequestDto,
  signal?: AbortSignal,
): Promise<RunAccepted> {
  const {
    ref,
    platforms,
    profile,
    profileName,
    removeImages = false,
    waitFor,
    waitMs = DEFAULT_WAIT_MS,
  } = request
  const key = requestKey(request)
  const known = await runOfKey(context, key)
  if (known) return known
  const plan = await planRun(context, { ref, platforms, profile, profileName }, signal)
  const awaits = waitFor && {
    key: randomBytes(KEY_BYTES).toString('base64url'),
    until: new Date(context.now().getTime() + waitMs),
    platforms: awaitedOf(plan, waitFor),
  }
  try {
    return accepted(await context.desk.start(plan, { removeImages, awaits, key }), awaits)
  } catch (error) {
    // The same request may have come twice at once: then the store took one of them.
    const first = await runOfKey(context, key)
    if (first) return first
    throw error
  }
}

async function runOfKey(
  { store }: DeskContext,
  asked: RequestKey | undefined,
): Promise<RunAccepted | undefined> {
  const known = asked && (await store.runs.ofKey(asked.key))
  if (!asked || !known) return undefined
  assertSameRequest(asked, known)
  const run = await store.runs.get(known.id)
  return accepted(known.id, run?.awaits)
}

function accepted(id: string, awaits: { readonly key: string } | undefined): RunAccepted {
  return { id, url: `/runs/${id}`, ...(awaits ? { submitUrl: submitPath(id, awaits.key) } : {}) }
}

/** Throws `request_invalid` for what the run is not about: nobody could submit it. */
function awaitedOf({ jobs }: RunPlan, waitFor: readonly string[]): readonly string[] {
  const platforms = [...new Set(waitFor.map((text) => platformText(parsePlatform(text))))]
  const stranger = platforms.find((text) => !jobs.some(({ platform, image }) => image && platform === text))
  if (stranger === undefined) return platforms
  throw new AppError(
    'request_invalid',
    `The run cannot wait for ${stranger}: the image does not have it, or it is not asked for.`,
    {
      hint: `It can wait for ${jobs.map(({ platform }) => platform).join(', ')}.`,
    },
  )
}
