import 'server-only'
import { type DehydratedState, dehydrate } from '@tanstack/react-query'
import type { ProblemDto } from '#lib/api/parts.ts'
import { makeQueryClient } from '#lib/client/make-query-client.ts'
import { repositoriesOptions } from '#lib/client/repository-queries.ts'
import { TAG_WINDOW, type TagList } from '#lib/client/tag-list.ts'
import { tagSummaryOptions, tagWindowOptions } from '#lib/client/tag-queries.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { listRepositories, rememberRepository } from '#lib/service/list-repositories.ts'
import { listTags } from '#lib/service/list-tags.ts'

/**
 * The first rows of a list as the browser's cache will hold them, so that the first paint has them. The repository is
 * remembered as opened when it could be read. A failure is a problem for the page to show, never thrown.
 */
export async function loadFirstRows(
  list: TagList,
): Promise<{ state: DehydratedState; problem?: ProblemDto }> {
  const queryClient = makeQueryClient()
  try {
    const context = await getContext()
    const answer = await listTags(context, {
      ...list,
      limit: TAG_WINDOW,
      group: true,
      wait: false,
      refresh: false,
    })
    queryClient.setQueryData(tagWindowOptions(list, 0).queryKey, answer)
    queryClient.setQueryData(tagSummaryOptions(list.repository).queryKey, answer.summary)
    await rememberRepository(context, list.repository)
    queryClient.setQueryData(repositoriesOptions.queryKey, await listRepositories(context))
    return { state: dehydrate(queryClient) }
  } catch (error) {
    return { state: dehydrate(queryClient), problem: tellProblem(error, '/tags') }
  }
}
