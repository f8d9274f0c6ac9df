import 'server-only'
import type { ProblemDto } from '#lib/api/parts.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { type ImagePlatforms, listPlatforms } from '#lib/service/list-platforms.ts'

/** Asks what platforms a reference holds. A failure is a problem for the page to show, never thrown. */
export async function loadPlatforms(
  reference: string,
): Promise<{ readonly image: ImagePlatforms } | { readonly problem: ProblemDto }> {
  try {
    return { image: await listPlatforms(await getContext(), reference) }
  } catch (error) {
    return { problem: tellProblem(error, '/contents') }
  }
}
