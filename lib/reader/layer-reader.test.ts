import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tablePlace } from '#lib/image/layer/table/table-place.ts'
import { buildEstargz } from '#lib/image/testing/build-estargz.ts'
import { buildTar } from '#lib/image/testing/build-tar.ts'
import { inPieces, readBytes } from '#lib/image/testing/read-bytes.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { LayerReader, type LayerReaderOptions } from './layer-reader.ts'

let dir: string
const open: LayerReader[] = []
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'archway-reader-'))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()))
  rmSync(dir, { recursive: true, force: true })
})

function openReader(options: Partial<LayerReaderOptions> = {}): LayerReader {
  const reader = new LayerReader({
    projectRoot: path.resolve(import.meta.dirname, '../..'),
    cacheDir: dir,
    cacheMaxBytes: 64 << 20,
    now: () => new Date(),
    threads: 1,
    ...options,
  })
  open.push(reader)
  return reader
}

const archive = buildTar({ name: 'app', content: randomBytes(3 << 20) }, { name: 'b', content: 'x' })
const layer = gzipSync(archive)
const request = { digest: digestOf(layer), sizeBytes: layer.length }
/** A source that counts how often it is opened. */
function counted(bytes: Uint8Array = layer, pieceBytes = 100_000) {
  const count = { opened: 0 }
  return Object.assign(
    () => {
      count.opened++
      return inPieces(bytes, pieceBytes)
    },
    { count },
  )
}

describe('a layer', () => {
  it('is read in a thread as it is read here, and told on the way', async () => {
    const progress: number[] = []
    const facts = await openReader().read(request, counted(), {
      onProgress: ({ readBytes }) => progress.push(readBytes),
    })
    expect(facts).toEqual(await readBytes(layer))
    expect(progress.length).toBeGreaterThan(0)
  })
  it('is read once, however many ask, and again by none', async () => {
    const reader = openReader()
    const source = counted()
    const all = await Promise.all([1, 2, 3].map(() => reader.read(request, source)))
    expect(all[1]).toBe(all[0])
    expect(await reader.read(request, source)).toBe(all[0])
    expect(source.count.opened).toBe(1)
  })
  it('is known to the next process', async () => {
    const first = openReader()
    const facts = await first.read(request, counted())
    await first.close()
    const source = counted()
    expect(await openReader().read(request, source)).toEqual(facts)
    expect(source.count.opened).toBe(0)
  })
  it('of plain bytes, in parts of whatever size', async () => {
    const parts = [new Uint8Array(archive.subarray(0, 2 << 20)), new Uint8Array(archive.subarray(2 << 20))]
    async function* moved() {
      yield* parts
    }
    const plain = { digest: digestOf(archive), sizeBytes: archive.length }
    expect((await openReader().read(plain, moved)).entries).toHaveLength(2)
  })
  it('is held up while the thread is busy, instead of waiting in memory', async () => {
    const large = buildTar({ name: 'large', content: Buffer.alloc(64 << 20) })
    const heldBytes = process.memoryUsage().arrayBuffers
    const whole = { digest: digestOf(large), sizeBytes: large.length }
    await openReader().read(whole, () => inPieces(large, 1 << 20))
    // What was made to carry it is kept for the next layer.
    expect(process.memoryUsage().arrayBuffers - heldBytes).toBeLessThan(32 << 20)
  })
})

describe('failures', () => {
  it('of the layer come with their code, and are not kept where nobody says whence it came', async () => {
    const reader = openReader()
    const broken = { ...request, digest: digestOf(Buffer.from('other')) }
    await expect(reader.read(broken, counted())).rejects.toMatchObject({ code: 'digest_mismatch' })
    const source = counted()
    await expect(reader.read(broken, source)).rejects.toMatchObject({ code: 'digest_mismatch' })
    expect(source.count.opened).toBe(1)
    expect((await reader.read(request, counted())).entries).toHaveLength(2)
  })
  it('of the layer are remembered for whence it came, until a person asks again', async () => {
    const reader = openReader()
    const broken = { ...request, digest: digestOf(Buffer.from('other')) }
    const source = counted()
    const read = (origin: string, retriesFailed = false) =>
      reader.read(broken, source, { origin, retriesFailed })
    const opened: number[] = []
    for (const again of [
      () => read('here'),
      () => read('here'),
      () => read('there'),
      () => read('here', true),
      () => reader.read({ ...broken, sizeBytes: 1 }, source, { origin: 'here' }),
    ]) {
      await expect(again()).rejects.toMatchObject({ code: 'digest_mismatch' })
      opened.push(source.count.opened)
    }
    expect(opened).toEqual([1, 1, 2, 3, 4])
  })
  it('of the source are passed on, and the thread goes on with the next', async () => {
    const reader = openReader()
    async function* failing() {
      yield layer.subarray(0, 1000)
      throw new Error('the network is gone')
    }
    await expect(reader.read(request, failing)).rejects.toThrow('the network is gone')
    expect((await reader.read(request, counted())).entries).toHaveLength(2)
  })
  it('a wrong diffID fails the one who asks with it', async () => {
    const reader = openReader()
    const wrong = reader.read({ ...request, diffId: digestOf(layer) }, counted())
    const right = reader.read({ ...request, diffId: digestOf(archive) }, counted())
    await expect(wrong).rejects.toMatchObject({ code: 'layer_diff_id_mismatch' })
    expect((await right).diffId).toBe(digestOf(archive))
    const late = reader.read({ ...request, diffId: digestOf(layer) }, counted())
    await expect(late).rejects.toMatchObject({ code: 'layer_diff_id_mismatch' })
  })
  it('a diffID of sha512 is verified too', async () => {
    const reader = openReader()
    const wrong = { ...request, diffId: digestOf(layer, 'sha512') }
    await expect(reader.read(wrong, counted())).rejects.toMatchObject({ code: 'layer_diff_id_mismatch' })
    const right = { ...request, diffId: digestOf(archive, 'sha512') }
    expect((await reader.read(right, counted())).diffId).toBe(right.diffId)
  })
})

describe('leaving', () => {
  it('ends the reading when the last one leaves, and the source is told', async () => {
    const reader = openReader()
    let ended = false
    async function* slow(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield layer.subarray(0, 10)
          await sleep(1)
        }
      } finally {
        ended = true
      }
    }
    const [first, second] = [new AbortController(), new AbortController()]
    const huge = { ...request, sizeBytes: 1e12 }
    const works = [first, second].map(({ signal }) => reader.read(huge, slow, { signal }))
    first.abort()
    await expect(works[0]).rejects.toMatchObject({ code: 'cancelled' })
    expect(ended).toBe(false)
    second.abort()
    await expect(works[1]).rejects.toMatchObject({ code: 'cancelled' })
    expect((await reader.read(request, counted())).entries).toHaveLength(2)
    await expect.poll(() => ended).toBe(true)
  })
  it('before a thread is free opens nothing', async () => {
    const reader = openReader()
    const stop = new AbortController()
    const other = gzipSync(buildTar({ name: 'other' }))
    const [busy, waiting] = [counted(), counted(other)]
    const first = reader.read(request, busy)
    const second = reader.read({ digest: digestOf(other), sizeBytes: other.length }, waiting, {
      signal: stop.signal,
    })
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await first
    expect(waiting.count.opened).toBe(0)
  })
})

describe('a layer with a table of contents', () => {
  const { bytes, annotations } = buildEstargz([{ name: 'app', content: randomBytes(3 << 20), mode: 0o755 }])
  const place = tablePlace(annotations)
  if (!place) throw new Error('no table is named')
  const asked = { digest: digestOf(bytes), sizeBytes: bytes.length }
  const table = (answer: (offset: number, length: number) => Promise<Uint8Array | undefined>) => ({
    place,
    readRange: () => answer,
  })
  const honest = table(async (offset, length) => bytes.subarray(offset, offset + length))
  const silent = table(async () => undefined)

  it('is listed by it, without a look at the layer, also by the next process', async () => {
    const source = counted(bytes)
    const reader = openReader()
    const listed = await reader.list(asked, honest, source)
    expect(listed).toMatchObject({
      basis: 'table',
      facts: { entries: [{ path: 'app', sizeBytes: 3 << 20 }, {}] },
    })
    await reader.close()
    expect(await openReader().list(asked, silent, source)).toEqual(listed)
    expect(source.count.opened).toBe(0)
  })
  it('is read where there are no ranges, or none that serve', async () => {
    for (const useless of [
      silent,
      table(async (_, length) => new Uint8Array(length)),
      table(() => Promise.reject(new Error('no'))),
    ]) {
      const { basis, facts } = await openReader({ cacheDir: undefined }).list(asked, useless, counted(bytes))
      expect(basis).toBe('bytes')
      expect(facts).toEqual(await readBytes(bytes))
    }
  })
  it('is told by its facts once it was read', async () => {
    const reader = openReader()
    await reader.list(asked, honest, counted(bytes))
    const facts = await reader.read(asked, counted(bytes))
    expect(await reader.list(asked, silent, counted(bytes))).toEqual({ basis: 'bytes', facts })
  })
})
