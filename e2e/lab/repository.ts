import type { BuiltBlob } from './blob.ts'
import type { BuiltManifest } from './manifest.ts'
import { manifestAccept } from './media-type.ts'
import type { LabRegistry } from './registry.ts'

/** What a registry answered to a manifest request. */
export interface ManifestAnswer {
  readonly status: number
  readonly mediaType: string | undefined
  readonly digest: string | undefined
  readonly bytes: Buffer
}

/** One repository of a lab registry, written to and read without the product's help. */
export interface LabRepository {
  readonly registry: LabRegistry
  readonly name: string
  /** Pushes blobs, children and then the manifest itself, under its digest or under each tag. */
  push(manifest: BuiltManifest, ...tags: readonly string[]): Promise<void>
  /** Uploads a blob (POST, then PUT); once per repository object. */
  putBlob(blob: BuiltBlob): Promise<void>
  /** Puts the manifest alone, under a tag or its digest. */
  putManifest(manifest: BuiltBlob, reference: string): Promise<void>
  getManifest(reference: string): Promise<ManifestAnswer>
  /** Deletes by digest, with every tag on it. Children and blobs stay. */
  deleteManifest(digest: string): Promise<void>
  /** Every tag in the registry's own order (distribution 2.8: none); empty when it has no such repository. */
  listTags(): Promise<readonly string[]>
}

const requestTimeoutMs = 30_000

/** A repository object with the right to do everything; throws on any answer that is not what it asked for. */
export function openRepository(registry: LabRegistry, name: string): LabRepository {
  const base = `${registry.url}/v2/${name}`
  const pushed = new Map<string, Promise<void>>()
  const once = (digest: string, push: () => Promise<void>) => {
    const running = pushed.get(digest) ?? push()
    pushed.set(digest, running)
    return running
  }

  const send = async (url: string, init: RequestInit, wanted: readonly number[]): Promise<Response> => {
    const authorization = registry.authorization(name)
    const headers = { ...init.headers, ...(authorization !== undefined && { authorization }) }
    const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(requestTimeoutMs) })
    if (wanted.includes(response.status)) return response
    throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`)
  }

  const upload = async (blob: BuiltBlob): Promise<void> => {
    const opened = await send(`${base}/blobs/uploads/`, { method: 'POST' }, [202])
    const location = new URL(opened.headers.get('location') ?? '', base)
    location.searchParams.set('digest', blob.digest)
    await send(location.href, { method: 'PUT', body: new Uint8Array(blob.bytes) }, [201])
  }

  const repository: LabRepository = {
    registry,
    name,
    async push(manifest, ...tags) {
      await Promise.all([
        ...manifest.blobs.map((blob) => repository.putBlob(blob)),
        ...manifest.children.map((child) => once(child.digest, () => repository.push(child))),
      ])
      const references = tags.length === 0 ? [manifest.digest] : tags
      await Promise.all(references.map((reference) => repository.putManifest(manifest, reference)))
    },
    putBlob: (blob) => once(blob.digest, () => upload(blob)),
    async putManifest(manifest, reference) {
      const headers = { 'content-type': manifest.mediaType }
      const body = new Uint8Array(manifest.bytes)
      await send(`${base}/manifests/${reference}`, { method: 'PUT', headers, body }, [201])
    },
    async getManifest(reference) {
      const headers = { accept: manifestAccept }
      const response = await send(`${base}/manifests/${reference}`, { headers }, [200, 404])
      return {
        status: response.status,
        mediaType: response.headers.get('content-type') ?? undefined,
        digest: response.headers.get('docker-content-digest') ?? undefined,
        bytes: Buffer.from(await response.arrayBuffer()),
      }
    },
    async deleteManifest(digest) {
      await send(`${base}/manifests/${digest}`, { method: 'DELETE' }, [202])
      pushed.delete(digest)
    },
    async listTags() {
      const response = await send(`${base}/tags/list`, {}, [200, 404])
      const body = (await response.json()) as { readonly tags?: readonly string[] | null }
      return body.tags ?? []
    },
  }
  return repository
}
