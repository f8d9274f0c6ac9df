import PQueue from 'p-queue'
import type { z } from 'zod'
import type { ImagePlatformDto, ImageResponse, imageQuery } from '#lib/api/image.ts'
import type { Finding } from '#lib/checks/finding.ts'
import { withoutSettledBases } from '#lib/checks/meta-003-layers.ts'
import { type Judgement, mergeJudgements } from '#lib/checks/run-checks.ts'
import { LAYER_CHECK_CODES, runSetChecks } from '#lib/checks/run-layer-checks.ts'
import { type Gap, mergeGaps } from '#lib/checks/unjudged.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { canonicalPlatform, parsePlatform } from '#lib/oci/platform.ts'
import { withFurtherChecks } from './check-further.ts'
import { chooseImage } from './choose-image.ts'
import type { ReadingContext } from './context.ts'
import { type ExaminedImage, examineImage } from './examine-image.ts'
import { inspectImage } from './inspect-image.ts'
import { judgementDto } from './judge-image.ts'
import { anySignal } from './settle-within.ts'

/** The layers of all platforms; what is not read by then is told as not judged. */
const WAIT_MS = 300_000
const WAITED = '5 minutes'
/** Images whose files are held at a time. Layers are shared among them and read once. */
const IMAGES_AT_ONCE = 2

/**
 * The image as `inspectImage` answers it; asked for `layers` with all its checks and with those that read the layers of
 * every platform. Throws what that throws; a layer that cannot be read is told as not judged.
 */
export async function inspectWithLayers(
  context: ReadingContext,
  { ref, checks }: z.output<typeof imageQuery>,
  signal?: AbortSignal,
): Promise<ImageResponse> {
  const image = await inspectImage(context, { ref, checks: checks === 'own' ? 'own' : 'all' }, signal)
  if (image.kind === 'artifact' || checks !== 'layers') return image
  const deadline = anySignal(AbortSignal.timeout(WAIT_MS), signal)
  const rows = image.platforms.filter(({ shadowed, presence }) => !shadowed && presence === 'present')
  const queue = new PQueue({ concurrency: IMAGES_AT_ONCE })
  const examined = await queue.addAll(
    rows.map((row) => () => examine(context, image.repository, row, deadline)),
  )
  signal?.throwIfAborted()
  const images = examined.flatMap((each) => ('forSet' in each ? [each.forSet] : []))
  const gaps = examined.flatMap((each) => ('reason' in each ? [each] : []))
  const judgement = mergeJudgements(
    ...examined.flatMap((each) => ('judgement' in each ? [each.judgement] : [])),
    runSetChecks({ images }),
    unlooked(gaps),
  )
  const settled = {
    ...image,
    findings: withoutSettledBases<ImageResponse['findings'][number]>(image.findings, { images }),
  }
  return withFurtherChecks(settled, judgementDto(context, image.repository, judgement))
}

/** What no layer check could look at. */
export function unlooked(gaps: readonly Gap[]): Judgement {
  return {
    findings: [] satisfies Finding[],
    checked: [],
    unjudged: mergeGaps(gaps.flatMap((gap) => LAYER_CHECK_CODES.map((code) => ({ code, gap })))),
  }
}

async function examine(
  context: ReadingContext,
  repository: string,
  { digest, platform }: ImagePlatformDto,
  deadline: AbortSignal,
): Promise<ExaminedImage | Gap> {
  const { os } = canonicalPlatform(parsePlatform(platform))
  if (os !== 'linux') return { reason: 'system-not-judged', platform, what: os }
  try {
    const chosen = await chooseImage(context, { ref: `${repository}@${digest}` }, { signal: deadline })
    return await examineImage(context, { ...chosen, platform }, { signal: deadline })
  } catch (error) {
    if (deadline.aborted) return { reason: 'layers-not-in-time', platform, what: WAITED }
    const failure = toAppError(error)
    if (failure.code === 'internal') throw error
    return { reason: 'layer-not-read', platform, what: failure.message }
  }
}
