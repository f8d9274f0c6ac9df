import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { parseRepository, type Repository } from '#lib/oci/reference.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import type { CallOptions, FetchedManifest, ImageSource, ManifestHead, Quota } from '../image-source.ts'
import { BlobCache } from './blob-cache.ts'
import { CachedSource } from './cached-source.ts'

/** A registry in memory that writes down what it was asked. */
class FakeSource implements ImageSource {
  readonly asked: string[] = []
  readonly tags = new Map<string, Digest>()
  readonly content = new Map<Digest, Uint8Array>()
  readonly repository: Repository
  credential = 'anonymous'
  seenQuota: Quota | undefined
  headTellsDigest = true
  failure: AppError | undefined
  gate: Promise<void> | undefined

  constructor(repository: string) {
    this.repository = parseRepository(repository)
  }

  push(tag: string, text: string): Digest {
    const bytes = Buffer.from(text)
    const digest = digestOf(bytes)
    this.content.set(digest, bytes)
    this.tags.set(tag, digest)
    return digest
  }

  async credentialKey(): Promise<string> {
    return this.credential
  }
  async *listTags(): AsyncGenerator<readonly string[]> {
    yield [...this.tags.keys()].slice(0, 1)
    yield [...this.tags.keys()].slice(1)
  }
  async headManifest(name: string): Promise<ManifestHead> {
    this.asked.push(`HEAD ${name}`)
    if (this.failure) throw this.failure
    const digest = this.find(name)
    return { digest: this.headTellsDigest ? digest : undefined, contentType: MEDIA_TYPE.ociIndex }
  }
  async getManifest(name: string, options: CallOptions = {}): Promise<FetchedManifest> {
    this.asked.push(`GET ${name}`)
    await this.gate
    if (options.signal?.aborted) throw new AppError('cancelled', 'cancelled')
    const digest = this.find(name)
    return { digest, bytes: this.content.get(digest) ?? Buffer.alloc(0), contentType: MEDIA_TYPE.ociIndex }
  }
  async *openBlob(descriptor: Descriptor): AsyncGenerator<Uint8Array> {
    yield await this.getBlob(descriptor)
  }

  async getBlob(descriptor: Descriptor): Promise<Uint8Array> {
    this.asked.push(`BLOB ${descriptor.digest}`)
    return this.content.get(descriptor.digest) ?? Buffer.alloc(0)
  }
  async readRange(): Promise<undefined> {}

  async listReferrers() {
    return { via: 'none', descriptors: [] } as const
  }
  quota(): Quota | undefined {
    return this.seenQuota
  }
  warnings(): readonly string[] {
    return []
  }
  /** What was asked since the last call. */
  takeAsked(): string[] {
    return this.asked.splice(0)
  }
  private find(name: string): Digest {
    const digest = this.tags.get(name) ?? ([...this.content.keys()].find((d) => d === name) as Digest)
    if (digest === undefined) throw new AppError('manifest_unknown', `no ${name}`)
    return digest
  }
}

const MINUTE_MS = 60_000
let nowMs: number
let cache: BlobCache
let registry: FakeSource
let source: CachedSource
const now = () => new Date(nowMs)
const open = (fake: FakeSource) => new CachedSource(fake, cache, now)
const descriptorOf = (digest: Digest): Descriptor => ({
  mediaType: MEDIA_TYPE.ociConfig,
  digest,
  sizeBytes: 1,
  annotations: {},
})

beforeEach(() => {
  nowMs = Date.UTC(2026, 0, 1)
  cache = new BlobCache({ dir: undefined, maxBytes: 1 << 20, now })
  registry = new FakeSource('quay.io/org/app')
  source = open(registry)
})
afterEach(() => cache.close())

describe('content by digest', () => {
  it('is fetched once for ever, also across flushes', async () => {
    const digest = registry.push('1.0', '{"a":1}')
    const first = await source.getManifest(digest)
    cache.flush()
    nowMs += 365 * 24 * 60 * MINUTE_MS
    const second = await source.getManifest(digest)
    expect(second).toEqual({ digest, contentType: MEDIA_TYPE.ociIndex, bytes: expect.anything() })
    expect(Buffer.from(second.bytes)).toEqual(first.bytes)
    expect(registry.takeAsked()).toEqual([`GET ${digest}`])
  })

  it('is fetched again when the cached bytes are broken', async () => {
    const digest = registry.push('1.0', '{"a":1}')
    const scope = { credentialKey: 'anonymous', repository: 'quay.io/org/app' }
    for (const kind of ['manifest', 'blob'] as const) {
      cache.putContent(scope, kind, digest, { bytes: Buffer.from('rotten'), contentType: undefined })
    }
    expect((await source.getManifest(digest)).bytes).toEqual(Buffer.from('{"a":1}'))
    expect(await source.getBlob(descriptorOf(digest), 100)).toEqual(Buffer.from('{"a":1}'))
    expect(registry.takeAsked()).toEqual([`GET ${digest}`, `BLOB ${digest}`])
    await source.getManifest(digest)
    await source.getBlob(descriptorOf(digest), 100)
    expect(registry.takeAsked()).toEqual([])
  })

  it('is not shared with another credential or repository', async () => {
    const digest = registry.push('1.0', '{"a":1}')
    await source.getManifest(digest)
    registry.credential = 'somebody else'
    await source.getManifest(digest)
    const other = new FakeSource('quay.io/org/other')
    other.push('1.0', '{"a":1}')
    await open(other).getManifest(digest)
    expect(registry.takeAsked()).toHaveLength(2)
    expect(other.takeAsked()).toHaveLength(1)
  })

  it('is fetched once for all who ask at the same time', async () => {
    const digest = registry.push('1.0', '{"a":1}')
    await Promise.all([1, 2, 3].map(() => source.getManifest(digest)))
    await Promise.all([1, 2, 3].map(() => source.getBlob(descriptorOf(digest), 100)))
    expect(registry.takeAsked()).toEqual([`GET ${digest}`, `BLOB ${digest}`])
  })

  it('keeps blobs and manifests apart, and the limit of a blob also for cached ones', async () => {
    const digest = registry.push('1.0', '{"a":1}')
    await source.getBlob(descriptorOf(digest), 100)
    await source.getManifest(digest)
    expect(registry.takeAsked()).toEqual([`BLOB ${digest}`, `GET ${digest}`])
    await expect(source.getBlob(descriptorOf(digest), 3)).rejects.toMatchObject({ code: 'config_too_large' })
  })
})

describe('resolveTag', () => {
  const maxAge = { maxAgeMs: 5 * MINUTE_MS }

  it('GETs an unknown tag once and brings the manifest along', async () => {
    const digest = registry.push('1.0', '{"a":1}')
    const resolved = await source.resolveTag('1.0', maxAge)
    expect(resolved).toMatchObject({ digest, contentType: MEDIA_TYPE.ociIndex, checkedAt: now() })
    expect(resolved.manifest?.bytes).toEqual(Buffer.from('{"a":1}'))
    await source.getManifest(digest)
    expect(registry.takeAsked()).toEqual(['GET 1.0'])
  })

  it('asks nothing while the answer is fresh, HEAD when it is stale', async () => {
    registry.push('1.0', '{"a":1}')
    const { digest, checkedAt } = await source.resolveTag('1.0', maxAge)
    nowMs += MINUTE_MS
    expect(await source.resolveTag('1.0', maxAge)).toMatchObject({ digest, checkedAt })
    registry.takeAsked()
    nowMs += 5 * MINUTE_MS
    expect(await source.resolveTag('1.0', maxAge)).toMatchObject({ digest, checkedAt: now() })
    expect(registry.takeAsked()).toEqual(['HEAD 1.0'])
    expect(await source.resolveTag('1.0', maxAge)).toMatchObject({ digest, checkedAt: now() })
    expect(registry.takeAsked()).toEqual([])
  })

  it('sees that a tag moved, and costs no GET when it moved to what is known', async () => {
    registry.push('1.0', '{"a":1}')
    registry.push('latest', '{"a":1}')
    await source.resolveTag('1.0', maxAge)
    await source.resolveTag('latest', maxAge)
    registry.takeAsked()
    const moved = registry.push('latest', '{"a":2}')
    nowMs += 6 * MINUTE_MS
    expect(await source.resolveTag('latest', maxAge)).toMatchObject({
      digest: moved,
      manifest: { digest: moved },
    })
    expect(registry.takeAsked()).toEqual(['HEAD latest', `GET ${moved}`])
    registry.tags.set('latest', registry.tags.get('1.0') as Digest)
    nowMs += 6 * MINUTE_MS
    expect((await source.resolveTag('latest', maxAge)).digest).toBe(registry.tags.get('1.0'))
    expect(registry.takeAsked()).toEqual(['HEAD latest'])
  })

  it.each([
    ['HEAD tells no digest', (fake: FakeSource) => (fake.headTellsDigest = false)],
    ['HEAD is not understood', (fake: FakeSource) => (fake.failure = new AppError('registry_protocol', 'x'))],
  ])('GETs when %s', async (_, spoil) => {
    const digest = registry.push('1.0', '{"a":1}')
    await source.resolveTag('1.0', maxAge)
    registry.takeAsked()
    spoil(registry)
    nowMs += 6 * MINUTE_MS
    expect(await source.resolveTag('1.0', maxAge)).toMatchObject({ digest, checkedAt: now() })
    expect(registry.takeAsked()).toEqual(['HEAD 1.0', 'GET 1.0'])
  })

  it('spends a HEAD before a GET where GETs are counted: aliases then cost nothing', async () => {
    const hub = new FakeSource('nginx')
    const cached = open(hub)
    const digest = hub.push('1.27.0', '{"a":1}')
    hub.push('latest', '{"a":1}')
    await cached.resolveTag('1.27.0', maxAge)
    expect(await cached.resolveTag('latest', maxAge)).toMatchObject({ digest })
    expect(hub.takeAsked()).toEqual(['HEAD 1.27.0', `GET ${digest}`, 'HEAD latest'])

    registry.seenQuota = { limit: 100, remaining: 50, windowSeconds: 60, seenAt: now() }
    registry.push('1.0', '{"a":1}')
    await source.resolveTag('1.0', maxAge)
    expect(registry.takeAsked()[0]).toBe('HEAD 1.0')
  })

  it('asks again for a tag that was to be forgotten', async () => {
    registry.push('1.0', '{"a":1}')
    await source.resolveTag('1.0', maxAge)
    registry.takeAsked()
    source.forgetTag('1.0')
    await source.resolveTag('1.0', maxAge)
    await source.resolveTag('1.0', maxAge)
    expect(registry.takeAsked()).toEqual(['HEAD 1.0'])
  })

  it('forgets a tag that is gone, and tells other failures without forgetting', async () => {
    registry.push('1.0', '{"a":1}')
    await source.resolveTag('1.0', maxAge)
    nowMs += 6 * MINUTE_MS
    registry.failure = new AppError('registry_unavailable', 'down')
    await expect(source.resolveTag('1.0', maxAge)).rejects.toMatchObject({ code: 'registry_unavailable' })
    expect((await source.resolveTag('1.0', { maxAgeMs: 60 * MINUTE_MS })).digest).toBeDefined()
    registry.failure = undefined
    registry.tags.delete('1.0')
    await expect(source.resolveTag('1.0', maxAge)).rejects.toMatchObject({ code: 'manifest_unknown' })
    await expect(source.resolveTag('1.0', { maxAgeMs: 60 * MINUTE_MS })).rejects.toMatchObject({
      code: 'manifest_unknown',
    })
  })

  it('asks once for all who ask at the same time; a person does not wait behind background work', async () => {
    registry.push('1.0', '{"a":1}')
    const gate = Promise.withResolvers<void>()
    registry.gate = gate.promise
    const all = [
      source.resolveTag('1.0', { ...maxAge, background: true }),
      source.resolveTag('1.0', { ...maxAge, background: true }),
      source.resolveTag('1.0', maxAge),
      source.resolveTag('1.0', maxAge),
      source.resolveTag('1.0', { ...maxAge, background: true }),
    ]
    await expect.poll(() => registry.asked.length).toBe(2)
    gate.resolve()
    await Promise.all(all)
    expect(registry.takeAsked()).toEqual(['GET 1.0', 'GET 1.0'])
  })

  it('a clock that went back does not make an answer fresh for ever', async () => {
    registry.push('1.0', '{"a":1}')
    await source.resolveTag('1.0', maxAge)
    registry.takeAsked()
    nowMs -= 60 * MINUTE_MS
    await source.resolveTag('1.0', maxAge)
    expect(registry.takeAsked()).toEqual(['HEAD 1.0'])
  })
})

describe('what else is remembered', () => {
  it('tag names, after a listing came to its end', async () => {
    registry.push('1.0', 'a')
    registry.push('1.1', 'b')
    for await (const _ of source.listTags()) break
    expect(await source.lastTagNames()).toBeUndefined()
    for await (const _ of source.listTags());
    expect(await open(registry).lastTagNames()).toEqual({ names: ['1.0', '1.1'], listedAt: now() })
  })

  it('facts of a digest, per credential', async () => {
    const digest = registry.push('1.0', 'a')
    expect(await source.getFacts(digest)).toBeUndefined()
    await source.putFacts(digest, { kind: 'index', platforms: ['linux/ppc64le'] })
    expect(await open(registry).getFacts(digest)).toEqual({ kind: 'index', platforms: ['linux/ppc64le'] })
    registry.credential = 'somebody else'
    expect(await source.getFacts(digest)).toBeUndefined()
  })
})

describe('a layout', () => {
  it('is read through: its disk is quick, and what is on it may change', async () => {
    const layout = new FakeSource('oci:some/layout')
    const cached = open(layout)
    const digest = layout.push('latest', 'a')
    await cached.resolveTag('latest', { maxAgeMs: MINUTE_MS })
    await cached.resolveTag('latest', { maxAgeMs: MINUTE_MS })
    await cached.getManifest(digest)
    await cached.getManifest(digest)
    await cached.getBlob(descriptorOf(digest), 10)
    await cached.getBlob(descriptorOf(digest), 10)
    expect(layout.takeAsked()).toHaveLength(6)
    await cached.putFacts(digest, {})
    expect(await cached.getFacts(digest)).toBeUndefined()
  })
})
