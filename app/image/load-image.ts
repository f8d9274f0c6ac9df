import 'server-only'
import type { ImageResponse } from '#lib/api/image.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import { formatRepository, parseReference } from '#lib/oci/reference.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { checkFurther, withFurtherChecks } from '#lib/service/check-further.ts'
import { inspectImage } from '#lib/service/inspect-image.ts'

/** What the page shows: an image, or why there is none. */
type ImageAnswer =
  | { readonly kind: 'image'; readonly image: ImageResponse }
  /** `repository` is absent when the reference itself is not understood. */
  | { readonly kind: 'problem'; readonly problem: ProblemDto; readonly repository: string | undefined }

/** Asks for an image. A failure is a problem for the page to show, never thrown. */
export async function loadImage(reference: string): Promise<ImageAnswer> {
  try {
    return { kind: 'image', image: await inspectImage(await getContext(), { ref: reference }) }
  } catch (error) {
    return { kind: 'problem', problem: tellProblem(error, '/image'), repository: repositoryOf(reference) }
  }
}

/**
 * The image with what the checks say that need other tags and SBOM documents. A failure of Archway's own is logged, and
 * told as checks that were not judged.
 */
export async function loadFurther(image: ImageResponse): Promise<ImageResponse> {
  try {
    return withFurtherChecks(image, await checkFurther(await getContext(), image))
  } catch (error) {
    const { code, detail } = tellProblem(error, '/image')
    const unjudged = {
      codes: ['COV-002', 'COV-003', 'COV-004'],
      platforms: [],
      reason: code,
      message: detail.replace(/\.$/, ''),
    }
    return { ...image, unjudged: [...(image.unjudged ?? []), unjudged] }
  }
}

function repositoryOf(reference: string): string | undefined {
  try {
    return formatRepository(parseReference(reference).repository)
  } catch {
    return undefined
  }
}
