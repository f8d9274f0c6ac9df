import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { isDigest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { MANIFEST_ACCEPT } from '#lib/oci/media-type.ts'
import { formatRepository, isTag } from '#lib/oci/reference.ts'
import { digestOf, verifyBytes } from '#lib/oci/verify-bytes.ts'
import type { ByteRange, CallOptions, FetchedManifest, ImageSource, ManifestHead } from '../image-source.ts'
import { unlessCancelled } from './cancelled.ts'
import type { CredentialStore } from './credentials.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import { listReferrers } from './referrers.ts'
import type { RegistryClient, RegistryQuestion } from './registry-client.ts'
import { tagPages } from './tag-pages.ts'
import type { Warnings } from './warnings.ts'

/** What a source is made of. */
export interface SourceParts {
  readonly client: RegistryClient
  readonly credentials: CredentialStore
  readonly warnings: Warnings
}

/** `{}`, the config of artifacts that have none: known without asking. */
const EMPTY_JSON_DIGEST = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
/** Key of content got while the logins cannot be read: never mixed with anonymous or private content. */
const UNREADABLE_KEY = 'unavailable'

/**
 * One repository of a registry as an `ImageSource`. Every digest is verified over the bytes: the one asked for, or,
 * for a tag, the one the registry states (`Docker-Content-Digest`) where it states one.
 */
export function createRegistrySource({ client, credentials, warnings }: SourceParts): ImageSource {
  const { repository } = client
  const name = formatRepository(repository)

  async function getManifest(tagOrDigest: string, call: CallOptions | undefined): Promise<FetchedManifest> {
    const question = manifestQuestion(client, 'GET', tagOrDigest, [])
    const { body: bytes, headers } = await client.ask(question, call)
    const contentType = headers['content-type']
    if (isDigest(tagOrDigest)) {
      verifyBytes(bytes, tagOrDigest, question.what)
      return { bytes, digest: tagOrDigest, contentType }
    }
    const stated = statedDigest(headers['docker-content-digest'])
    if (stated !== undefined) verifyBytes(bytes, stated, question.what)
    return { bytes, digest: stated ?? digestOf(bytes), contentType }
  }

  return {
    repository,
    async credentialKey(call) {
      const found = credentials.lookup(repository.registry, repository.path)
      try {
        return (await unlessCancelled(found, call?.signal)).key
      } catch (error) {
        const failure = toAppError(error)
        // Public content needs no login: the failure is told when the registry asks for one.
        if (failure.code === 'credentials_unavailable') return UNREADABLE_KEY
        throw failure
      }
    },
    listTags: (call) => tagPages(client, call),
    getManifest,
    async headManifest(tagOrDigest, call): Promise<ManifestHead> {
      // A registry without HEAD has told nothing, and the caller gets the manifest instead.
      const question = manifestQuestion(client, 'HEAD', tagOrDigest, [405, 501])
      const { status, headers } = await client.ask(question, call)
      if (status === 405 || status === 501) return { digest: undefined, contentType: undefined }
      return { digest: statedDigest(headers['docker-content-digest']), contentType: headers['content-type'] }
    },
    async getBlob(descriptor, maxBytes, call) {
      const what = `the blob ${descriptor.digest} of ${name}`
      if (descriptor.sizeBytes > maxBytes) {
        const message = `${what} is ${descriptor.sizeBytes} bytes, more than the ${maxBytes} that are read.`
        throw new AppError('config_too_large', message)
      }
      if (descriptor.digest === EMPTY_JSON_DIGEST) return new TextEncoder().encode('{}')
      const { body } = await client.ask(blobQuestion(client, descriptor, what), call)
      if (body.byteLength < descriptor.sizeBytes)
        throw wrongSize(what, descriptor, `${body.byteLength} bytes`)
      verifyBytes(body, descriptor.digest, what)
      return body
    },
    async *openBlob(descriptor, call) {
      const what = `the blob ${descriptor.digest} of ${name}`
      const question: RegistryQuestion = { ...blobQuestion(client, descriptor, what), isStreamed: true }
      const { stream, body } = await client.ask(question, call)
      if (stream) yield* stream
      else yield body
    },
    readRange: (descriptor, range, call) => readBlobRange(client, descriptor, range, call),
    listReferrers: (digest, call) => listReferrers(client, getManifest, digest, call),
    quota: () => client.host.quota.quota,
    warnings: () => warnings.texts,
  }
}

function manifestQuestion(
  { repository, origin }: RegistryClient,
  method: 'GET' | 'HEAD',
  tagOrDigest: string,
  answers: readonly number[],
): RegistryQuestion {
  const name = formatRepository(repository)
  // Checked because it becomes part of a path.
  if (!isTag(tagOrDigest) && !isDigest(tagOrDigest)) {
    const message = `“${tagOrDigest.slice(0, 100)}” is neither a tag nor a digest of ${name}.`
    throw new AppError('reference_invalid', message)
  }
  const what = `${name}${isDigest(tagOrDigest) ? '@' : ':'}${tagOrDigest}`
  return {
    method,
    url: new URL(`/v2/${repository.path}/manifests/${tagOrDigest}`, origin),
    accept: MANIFEST_ACCEPT,
    wanted: 'manifest',
    what,
    limit: {
      maxBytes: REGISTRY_LIMITS.manifestBytes,
      exceeded: () =>
        new AppError('manifest_too_large', `${what} is larger than 4 MiB, the limit for manifests.`),
    },
    answers,
  }
}

function blobQuestion(
  { repository, origin }: RegistryClient,
  descriptor: Descriptor,
  what: string,
): RegistryQuestion {
  return {
    method: 'GET',
    url: new URL(`/v2/${repository.path}/blobs/${descriptor.digest}`, origin),
    accept: '*/*',
    wanted: 'blob',
    what,
    limit: { maxBytes: descriptor.sizeBytes, exceeded: () => wrongSize(what, descriptor, 'more bytes') },
  }
}

/** Statuses of those who know the blob and not what a range is, beside the good ones. */
const RANGE_REFUSED = [400, 416, 501]

async function readBlobRange(
  client: RegistryClient,
  descriptor: Descriptor,
  { offset, lengthBytes }: ByteRange,
  call: CallOptions | undefined,
): Promise<Uint8Array | undefined> {
  const what = `a part of the blob ${descriptor.digest} of ${formatRepository(client.repository)}`
  const tooMuch = new AppError('registry_protocol', `More bytes came than were asked for: ${what}.`)
  const question: RegistryQuestion = {
    ...blobQuestion(client, descriptor, what),
    range: `bytes=${offset}-${offset + lengthBytes - 1}`,
    limit: { maxBytes: lengthBytes, exceeded: () => tooMuch },
    answers: RANGE_REFUSED,
  }
  try {
    const { status, headers, body } = await client.ask(question, call)
    const isThis = status === 206 && headers['content-range']?.startsWith(`bytes ${offset}-`)
    return isThis && body.byteLength === lengthBytes ? body : undefined
  } catch (error) {
    // One that sends the whole blob instead is stopped there.
    if (error === tooMuch) return undefined
    throw error
  }
}

function wrongSize(what: string, descriptor: Descriptor, got: string): AppError {
  const message = `The registry sent ${got} for ${what}, which should have ${descriptor.sizeBytes}.`
  return new AppError('digest_mismatch', message, {
    hint: 'The registry, or a proxy before it, returned other content than was asked for. Do not use it.',
  })
}

/** The digest a registry states, if it is one that can be verified. */
function statedDigest(header: string | readonly string[] | undefined) {
  const text = typeof header === 'string' ? header.trim() : undefined
  return text !== undefined && isDigest(text) ? text : undefined
}
