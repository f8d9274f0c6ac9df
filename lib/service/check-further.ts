import type { ImageResponse } from '#lib/api/image.ts'
import { mergeJudgements } from '#lib/checks/run-checks.ts'
import { compareTags } from './compare-tags.ts'
import type { ServiceContext } from './context.ts'
import { type JudgementDto, judgementDto } from './judge-image.ts'
import { judgeSboms } from './judge-sboms.ts'
import { anySignal } from './settle-within.ts'

/** Nobody waits longer for them; what is not there by then is told as not judged. */
const WAIT_MS = 10_000
const WAITED = '10 s'

/** What the checks say that need more than the image itself: other tags, and SBOM documents. */
export type FurtherChecks = JudgementDto

/**
 * Runs the checks that cost more than opening an image. Throws only when the caller aborts; everything that could not
 * be had is in `unjudged`.
 */
export async function checkFurther(
  context: ServiceContext,
  image: ImageResponse,
  signal?: AbortSignal,
): Promise<FurtherChecks> {
  if (image.kind === 'artifact') return { findings: [], accepted: [], checked: [], unjudged: [] }
  const deadline = anySignal(AbortSignal.timeout(WAIT_MS), signal)
  const judgements = await Promise.all([
    compareTags(context, image, deadline, WAITED),
    judgeSboms(context, image, deadline, WAITED),
  ])
  signal?.throwIfAborted()
  return judgementDto(context, image.repository, mergeJudgements(...judgements))
}

/** The image with what the further checks say beside its own. */
export function withFurtherChecks(image: ImageResponse, further: FurtherChecks): ImageResponse {
  const rank = { error: 0, warning: 1, info: 2 }
  return {
    ...image,
    findings: [...image.findings, ...further.findings].sort((a, b) => rank[a.severity] - rank[b.severity]),
    accepted: [...(image.accepted ?? []), ...further.accepted],
    checked: [...new Set([...(image.checked ?? []), ...further.checked])],
    unjudged: [...(image.unjudged ?? []), ...further.unjudged],
  }
}
