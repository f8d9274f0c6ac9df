import { randomBytes } from 'node:crypto'
import { submitPath } from '#lib/api/remote-results.ts'
import type { RunAccepted, RunRequestDto } from '#lib/api/runs.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { DeskContext } from './desk-context.ts'
import { planRun, type RunPlan } from './plan-run.ts'

/** Nobody guesses it: whoever has it says how the image ran. */
const KEY_BYTES = 32
/** A machine elsewhere may have a queue. */
const DEFAULT_WAIT_MS = 6 * 3_600_000

/**
 * Starts a run and answers once it is planned and kept; the work goes on without the caller. What is wrong with the
 * request is told here: throws what `planRun` throws, `server_stopping`, `store_unavailable`.
 */
export async function startRun(
  context: DeskContext,
  { ref, platforms, profile, removeImages = false, waitFor, waitMs = DEFAULT_WAIT_MS }: RunRequestDto,
  signal?: AbortSignal,
): Promise<RunAccepted> {
  const plan = await planRun(context, { ref, platforms, profile }, signal)
  const awaits = waitFor && {
    key: randomBytes(KEY_BYTES).toString('base64url'),
    until: new Date(context.now().getTime() + waitMs),
    platforms: awaitedOf(plan, waitFor),
  }
  const id = await context.desk.start(plan, { removeImages, awaits })
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
