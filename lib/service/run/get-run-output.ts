import type { RunOutputDto, RunOutputQuery } from '#lib/api/run-output.ts'
import type { RunJobDto } from '#lib/api/runs.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { DeskContext } from './desk-context.ts'
import { getRun } from './get-run.ts'
import { KeptOutput } from './kept-output.ts'
import { OUTPUT_LIMIT_BYTES } from './output-recorder.ts'

/** A character that was cut in two at the limit is not counted. */
const CUT_CHARACTER_BYTES = 4

/**
 * All that is kept of what one platform wrote, while it runs and afterwards; with `cursor` only what came since, unless
 * it began anew. Throws `not_found`, and `platform_invalid` for what is no platform.
 */
export async function getRunOutput(
  context: DeskContext,
  id: string,
  { platform: asked, cursor }: RunOutputQuery,
): Promise<RunOutputDto> {
  const platform = platformText(parsePlatform(asked))
  const run = await getRun(context, id)
  const job = run.jobs.find((each) => each.platform === platform)
  if (job === undefined) {
    throw new AppError('not_found', `This run has no ${platform}.`, {
      hint: `It has ${run.jobs.map((each) => each.platform).join(', ')}.`,
    })
  }
  const written = context.desk.live(id)?.written(platform)
  const kept = written ?? keptOf(job)
  return {
    platform,
    state: job.state,
    ...kept.after(cursor),
    cursor: kept.cursor,
    limitBytes: OUTPUT_LIMIT_BYTES,
    isFull: job.execution?.outputTruncated ?? kept.sizeBytes > OUTPUT_LIMIT_BYTES - CUT_CHARACTER_BYTES,
  }
}

/** Of a job that is over, or wrote nothing yet. */
function keptOf({ execution }: RunJobDto): KeptOutput {
  const kept = new KeptOutput()
  let at = 0
  for (const { stream, length } of execution?.outputParts ?? []) {
    kept.add(stream, execution?.output.slice(at, at + length) ?? '')
    at += length
  }
  return kept
}
