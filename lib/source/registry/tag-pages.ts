import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { formatRepository, isTag } from '#lib/oci/reference.ts'
import type { CallOptions } from '../image-source.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import { nextPage } from './link.ts'
import type { RegistryClient, RegistryQuestion } from './registry-client.ts'
import type { TransportResponse } from './transport.ts'

const pageSchema = z.object({ tags: z.array(z.string()).nullish() })

/**
 * All tags of a repository, page by page as they arrive, in the registry's order. Asks for 1,000 a page, and without
 * a number where the registry refuses that; follows `Link` on the same host. Names that cannot be tags are left out.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 *
 * Throws `tags_too_many` beyond 100,000 tags or 1,000 pages, `registry_protocol` for paging in a circle or off the
 * host, and what `RegistryClient.ask` throws.
 */
export async function* tagPages(
  client: RegistryClient,
  call: CallOptions | undefined,
): AsyncGenerator<readonly string[]> {
  const { repository, origin } = client
  const seen = new Set<string>()
  let url: URL | undefined = new URL(
    `/v2/${repository.path}/tags/list?n=${REGISTRY_LIMITS.tagsPerPage}`,
    origin,
  )
  let total = 0
  while (url !== undefined) {
    if (seen.has(url.href)) throw inACircle(client)
    if (seen.size >= REGISTRY_LIMITS.tagPages) throw tooMany(client, `${REGISTRY_LIMITS.tagPages} pages`)
    const isFirst = seen.size === 0
    seen.add(url.href)
    let response: TransportResponse = await client.ask(question(client, url, isFirst ? [400] : []), call)
    if (isFirst && response.status === 400) {
      url.search = ''
      response = await client.ask(question(client, url, []), call)
    }
    const tags = readPage(client, response)
    const room = REGISTRY_LIMITS.tags - total
    if (tags.length > 0) yield tags.slice(0, room).filter(isTag)
    if (tags.length > room) throw tooMany(client, `${REGISTRY_LIMITS.tags} tags`)
    total += tags.length
    url = nextPage(response.headers.link, url)
  }
}

function question(client: RegistryClient, url: URL, answers: readonly number[]): RegistryQuestion {
  return {
    method: 'GET',
    url,
    accept: 'application/json',
    wanted: 'tags',
    what: `the tags of ${formatRepository(client.repository)}`,
    limit: {
      maxBytes: REGISTRY_LIMITS.tagsPageBytes,
      exceeded: () => tooMany(client, 'one page of 8 MiB'),
    },
    answers,
  }
}

function readPage({ repository }: RegistryClient, { body }: TransportResponse): readonly string[] {
  try {
    return pageSchema.parse(JSON.parse(new TextDecoder().decode(body))).tags ?? []
  } catch (cause) {
    const message = `${repository.registry} sent a tag list that cannot be read for ${repository.path}.`
    throw new AppError('registry_protocol', message, { cause })
  }
}

function inACircle({ repository }: RegistryClient): AppError {
  const message = `${repository.registry} pages the tags of ${repository.path} in a circle.`
  return new AppError('registry_protocol', message, { hint: 'What came so far is shown.' })
}

function tooMany({ repository }: RegistryClient, limit: string): AppError {
  const message = `${formatRepository(repository)} lists more than ${limit}, the most Archway reads.`
  return new AppError('tags_too_many', message, {
    hint: 'What came so far is shown; open other tags by name.',
  })
}
