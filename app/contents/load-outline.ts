import 'server-only'
import { type FilesResponse, filesQuery } from '#lib/api/files.ts'
import { OUTLINE } from '#lib/client/contents-queries.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { listKnownFiles } from '#lib/service/list-files.ts'
import type { ImagePlatforms } from '#lib/service/list-platforms.ts'

/**
 * The top of the file tree that an address asks for, so that its first rows come with the page. Undefined where layers
 * have to be read for it, which the browser asks for and shows, and where another part is asked for.
 */
export async function loadOutline(
  { repository, platforms }: ImagePlatforms,
  address: URLSearchParams,
): Promise<FilesResponse | undefined> {
  if ((address.get('view') ?? 'files') !== 'files') return undefined
  const asked = address.get('platform')
  const present = platforms.filter(({ presence, shadowed }) => presence === 'present' && !shadowed)
  const row = asked === null ? present[0] : present.find(({ platform }) => platform === asked)
  if (row === undefined) return undefined
  const query = { ref: `${repository}@${row.digest}`, around: address.get('path') ?? undefined, ...OUTLINE }
  try {
    const files = await listKnownFiles(await getContext(), filesQuery.parse(query))
    // A folder that takes several pages comes with all the rest.
    return files?.nextCursor === undefined ? files && { ...files, platform: row.platform } : undefined
  } catch (error) {
    tellProblem(error, '/contents')
    return undefined
  }
}
