import { AppError, toAppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { type Descriptor, decodeManifest, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { formatRepository } from '#lib/oci/reference.ts'
import type { CallOptions, FetchedManifest, ReferrerList } from '../image-source.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import { nextPage } from './link.ts'
import type { RegistryClient } from './registry-client.ts'
import { parseRegistryErrors } from './registry-errors.ts'
import { isWebPage } from './response-error.ts'
import type { TransportResponse } from './transport.ts'

/** How a tag's manifest is read: the source's own way. */
export type GetManifest = (tag: string, call: CallOptions | undefined) => Promise<FetchedManifest>

/** A host without the API is asked for it again after this long. */
const NO_API_MS = 10 * 60_000
/** What registries without the API answer, besides a web page. */
const NO_API_STATUSES = [400, 404, 405, 406, 501]
/** Failures of the fallback tag that mean it holds no referrers. */
const NO_REFERRERS: readonly ErrorCode[] = [
  'manifest_unknown',
  'repository_unknown',
  'manifest_invalid',
  'manifest_unsupported',
  'manifest_too_large',
  'index_too_large',
]

/**
 * What refers to a digest: by the referrers API, page by page, or by the fallback tag where the API is not there,
 * which is remembered for the host for some minutes. 1,000 at most; more are left out.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
 */
export async function listReferrers(
  client: RegistryClient,
  getManifest: GetManifest,
  digest: Digest,
  call: CallOptions | undefined,
): Promise<ReferrerList> {
  if (client.host.noReferrersUntilMs <= client.clock.now()) {
    const descriptors = await byApi(client, digest, call)
    if (descriptors !== undefined) return { via: 'api', descriptors }
  }
  const descriptors = await byTag(client, getManifest, digest, call)
  return descriptors === undefined ? { via: 'none', descriptors: [] } : { via: 'tag', descriptors }
}

/** The tag that stands in for the API: algorithm and hex, each cut and cleaned to fit a tag. */
export function fallbackTag(digest: Digest): string {
  const [algorithm = '', encoded = ''] = digest.split(':')
  return `${algorithm.slice(0, 32)}-${encoded.slice(0, 64)}`.replace(/[^a-zA-Z0-9._-]/g, '-')
}

/** Undefined where the registry has no referrers API. */
async function byApi(
  client: RegistryClient,
  digest: Digest,
  call: CallOptions | undefined,
): Promise<Descriptor[] | undefined> {
  const { repository, origin } = client
  const what = `the referrers of ${formatRepository(repository)}@${digest}`
  const found: Descriptor[] = []
  const seen = new Set<string>()
  let url: URL | undefined = new URL(`/v2/${repository.path}/referrers/${digest}`, origin)
  while (url !== undefined && !seen.has(url.href) && seen.size < REGISTRY_LIMITS.referrerPages) {
    const isFirst = seen.size === 0
    seen.add(url.href)
    const answers = isFirst ? NO_API_STATUSES : []
    const response = await askForPage(client, url, what, answers, call)
    if (response === undefined) return undefined
    found.push(...readPage(response.body, what, REGISTRY_LIMITS.referrers - found.length))
    if (found.length >= REGISTRY_LIMITS.referrers) break
    url = nextPage(response.headers.link, url)
  }
  return found
}

async function askForPage(
  client: RegistryClient,
  url: URL,
  what: string,
  answers: readonly number[],
  call: CallOptions | undefined,
): Promise<TransportResponse | undefined> {
  const limit = {
    maxBytes: REGISTRY_LIMITS.manifestBytes,
    exceeded: () => new AppError('manifest_too_large', `${what} are larger than 4 MiB, the limit.`),
  }
  const accept = MEDIA_TYPE.ociIndex
  // 200 is looked at here: servers with a page for every path answer so.
  const response = await client.ask(
    { method: 'GET', url, accept, limit, wanted: 'referrers', what, answers: [...answers, 200] },
    call,
  )
  const isMissing = answers.includes(response.status) || (answers.length > 0 && isWebPage(response))
  if (!isMissing) return response
  // “This repository is not there” says nothing about the API.
  const isAboutName = parseRegistryErrors(response.body).some(({ code }) => code === 'NAME_UNKNOWN')
  if (!isAboutName) client.host.noReferrersUntilMs = client.clock.now() + NO_API_MS
  return undefined
}

async function byTag(
  client: RegistryClient,
  getManifest: GetManifest,
  digest: Digest,
  call: CallOptions | undefined,
): Promise<readonly Descriptor[] | undefined> {
  const what = `${formatRepository(client.repository)}:${fallbackTag(digest)}`
  try {
    const { bytes, contentType } = await getManifest(fallbackTag(digest), call)
    const manifest = decodeManifest(bytes, contentType, what)
    return manifest.kind === 'index' ? manifest.children.slice(0, REGISTRY_LIMITS.referrers) : undefined
  } catch (error) {
    const failure = toAppError(error)
    if (NO_REFERRERS.includes(failure.code)) return undefined
    throw failure
  }
}

function readPage(body: Uint8Array, what: string, room: number): readonly Descriptor[] {
  const manifest = decodeManifest(withFewerChildren(body), MEDIA_TYPE.ociIndex, what)
  return manifest.kind === 'index' ? manifest.children.slice(0, room) : []
}

/** A list is not an image index: one longer than an index may be is cut, not refused. */
function withFewerChildren(body: Uint8Array): Uint8Array {
  const list = parse(body)
  if (list === undefined || list.manifests.length <= MANIFEST_LIMITS.children) return body
  const manifests = list.manifests.slice(0, MANIFEST_LIMITS.children)
  return new TextEncoder().encode(JSON.stringify({ ...list, manifests }))
}

function parse(body: Uint8Array): { manifests: unknown[] } | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    const isList = typeof value === 'object' && value !== null && 'manifests' in value
    return isList && Array.isArray(value.manifests) ? { ...value, manifests: value.manifests } : undefined
  } catch {
    return undefined
  }
}
