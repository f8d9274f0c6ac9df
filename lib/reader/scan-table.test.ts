import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { tablePlace } from '#lib/image/layer/table/table-place.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { type BuiltEstargz, buildEstargz } from '#lib/image/testing/build-estargz.ts'
import type { TarShape } from '#lib/image/testing/build-tar.ts'
import { inPieces } from '#lib/image/testing/read-bytes.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { LayerReader } from './layer-reader.ts'

const reader = new LayerReader({
  projectRoot: path.resolve(import.meta.dirname, '../..'),
  cacheDir: undefined,
  cacheMaxBytes: 64 << 20,
  now: () => new Date(),
  threads: 1,
})
afterAll(() => reader.close())

const STATUS = 'Package: lab\nVersion: 1.0\nArchitecture: ppc64el\nStatus: install ok installed\n'
const LONG = `opt/${'deep/'.repeat(30)}node_modules/é/package.json`
/** New bytes each time: facts are kept by their digest. */
const large = (shape: Parameters<typeof buildElf>[0]) =>
  Buffer.concat([buildElf(shape), randomBytes(200 << 10)])
const shapes = (): TarShape[] => [
  {
    name: 'usr/bin/dynamic',
    content: large({ ...elfShapes.ppc64le, interpreter: '/lib64/ld64.so.2' }),
    mode: 0o755,
  },
  { name: 'usr/bin/again', type: '1', linkName: 'usr/bin/dynamic' },
  { name: 'usr/lib/lib.so.1', content: large({ ...elfShapes.amd64, type: 3 }) },
  { name: 'usr/bin/small', content: buildElf(elfShapes.ppc64le), mode: 0o755 },
  { name: 'usr/bin/script', content: '#!/bin/sh\n', mode: 0o755 },
  { name: 'usr/share/script', content: '#!/bin/sh\n' },
  { name: 'usr/share/data', content: randomBytes(400 << 10) },
  { name: 'var/lib/dpkg/status', content: STATUS },
  { name: LONG, pax: { path: LONG }, content: '{"name":"é","version":"2.0.0"}' },
  { name: 'etc/os-release', content: 'ID=lab\n' },
  { name: 'empty' },
]

/** Scans a layer and counts what is read of it; `answer` may lie. */
async function scan({ bytes, annotations }: BuiltEstargz, answer = honest) {
  const place = tablePlace(annotations)
  if (!place) throw new Error('no table is named')
  const read = { rangeBytes: 0, opened: 0 }
  const readRange = () => async (offset: number, lengthBytes: number) => {
    read.rangeBytes += lengthBytes
    return answer(bytes, offset, lengthBytes)
  }
  const open = () => {
    read.opened++
    return inPieces(bytes, 100_000)
  }
  const request = { digest: digestOf(bytes), sizeBytes: bytes.length }
  const scanned = await reader.scan(request, { place, readRange }, open)
  return { ...scanned, read, full: () => reader.read(request, open) }
}

const honest = (bytes: Buffer, offset: number, lengthBytes: number): Uint8Array | undefined =>
  bytes.subarray(offset, offset + lengthBytes)

describe('a scan by the table of contents', () => {
  it('finds the programs and packages that reading the layer finds, for a part of its bytes', async () => {
    const { basis, facts, read, full } = await scan(buildEstargz(shapes()))
    expect(basis).toBe('table')
    expect(read.opened).toBe(0)
    const { entries, databases, osReleases } = await full()
    expect(facts.databases).toEqual(databases)
    expect(facts.osReleases).toEqual(osReleases)
    expect(facts.entries.map(({ path: at, sha256 }) => [at, sha256])).toEqual(
      entries.map(({ path: at, sha256 }) => [at, sha256]),
    )
    const programs = new Map(entries.map((entry) => [entry.path, entry.program]))
    // Nobody looks into what is neither executable nor named like code, and the answer counts it.
    programs.set('usr/share/script', undefined)
    for (const { path: at, program } of facts.entries) {
      const told = program?.kind === 'elf' ? (({ isPartial: _, ...rest }) => rest)(program) : program
      expect([at, told]).toEqual([at, programs.get(at)])
    }
    expect(facts).toMatchObject({ unlookedFiles: 2 })
  })
  it('says of which programs the first bytes alone were read', async () => {
    const { facts } = await scan(buildEstargz(shapes()))
    const partial = facts.entries.flatMap(({ path: at, program }) =>
      program?.kind === 'elf' && program.isPartial ? [at] : [],
    )
    expect(partial).toEqual(['usr/bin/dynamic', 'usr/bin/again', 'usr/lib/lib.so.1'])
  })
  it('reads a static executable whole: it may hold Go modules', async () => {
    const program = { name: 'usr/bin/go', content: large(elfShapes.ppc64le), mode: 0o755 }
    const { basis, facts } = await scan(buildEstargz([program, ...shapes()]))
    expect(basis).toBe('table')
    expect(facts.entries[0]?.program).not.toHaveProperty('isPartial')
  })
  it('is asked for once, however many ask', async () => {
    const layer = buildEstargz(shapes())
    const slow = async (...asked: Parameters<typeof honest>) => {
      await sleep(1)
      return honest(...asked)
    }
    const all = await Promise.all([1, 2, 3].map(() => scan(layer, slow as never)))
    expect(all.filter(({ read }) => read.rangeBytes > 0)).toHaveLength(1)
    expect((await scan(layer)).read.rangeBytes).toBe(0)
  })

  type Change = (entries: Record<string, unknown>[]) => void
  const entry = (entries: Record<string, unknown>[], name: string) =>
    entries.find((each) => each.name === name) ?? {}
  it.each<[string, Change]>([
    ['an offset lies outside', (all) => Object.assign(entry(all, 'usr/bin/dynamic'), { offset: 1e12 })],
    ['an offset is none', (all) => Object.assign(entry(all, 'usr/bin/dynamic'), { offset: '1' })],
    [
      'two files claim the same bytes',
      (all) => Object.assign(entry(all, 'usr/bin/script'), { offset: entry(all, 'usr/bin/small').offset }),
    ],
    [
      'a file begins in its middle',
      (all) => Object.assign(entry(all, 'usr/bin/dynamic'), { chunkOffset: 9 }),
    ],
    [
      'a file lies behind endless others',
      (all) => Object.assign(entry(all, 'usr/bin/small'), { innerOffset: 1e9 }),
    ],
    ['a part belongs to nobody', (all) => all.splice(1, 0, { type: 'chunk', name: 'nobody', offset: 1 })],
    [
      'an offset leads to other content',
      (all) => {
        const [a, b] = [entry(all, 'var/lib/dpkg/status'), entry(all, 'etc/os-release')]
        ;[a.offset, b.offset] = [b.offset, a.offset]
      },
    ],
    [
      'a file read whole has another hash',
      (all) => Object.assign(entry(all, 'var/lib/dpkg/status'), { digest: digestOf(Buffer.from('other')) }),
    ],
    [
      'a head that is all of its file has another hash',
      (all) => Object.assign(entry(all, 'usr/bin/script'), { digest: digestOf(Buffer.from('other')) }),
    ],
  ])('gives way to the layer itself when %s', async (_, change) => {
    const { basis, read, facts, full } = await scan(buildEstargz(shapes(), change))
    expect(basis).toBe('bytes')
    expect(read.opened).toBe(1)
    expect(facts).toEqual(await full())
  })
  it.each<[string, typeof honest]>([
    [
      'are refused',
      (bytes, offset, length) => (offset > bytes.length - 5_000 ? honest(bytes, offset, length) : undefined),
    ],
    [
      'fail',
      (bytes, offset, length) => {
        if (offset > bytes.length - 5_000) return honest(bytes, offset, length)
        throw new Error('the network is gone')
      },
    ],
    [
      'give other bytes',
      (bytes, offset, length) =>
        offset > bytes.length - 5_000 ? honest(bytes, offset, length) : new Uint8Array(length),
    ],
  ])('gives way to the layer itself when ranges of files %s', async (_, answer) => {
    const { basis, read } = await scan(buildEstargz(shapes()), answer)
    expect([basis, read.opened]).toEqual(['bytes', 1])
  })
  it('is not tried where it would read most of the layer', async () => {
    const code = Array.from({ length: 20 }, (_, at): TarShape => {
      const content = Buffer.concat([buildElf(elfShapes.amd64), randomBytes(2_500)])
      return { name: `${at}`, content, mode: 0o755 }
    })
    expect((await scan(buildEstargz(code))).basis).toBe('bytes')
  })
})

describe('one file of a layer', () => {
  const layer = buildEstargz([
    ...shapes(),
    { name: 'etc/', type: '5' },
    { name: 'etc/motd', content: 'hello' },
  ])
  const place = tablePlace(layer.annotations)
  const request = { digest: digestOf(layer.bytes), sizeBytes: layer.bytes.length }
  const wanted = { path: 'etc/motd', sha256: digestOf(Buffer.from('hello')).slice(7), sizeBytes: 5 }
  const file = (identity = wanted, access = true, answer = honest) => {
    const passed = { bytes: 0 }
    async function* open() {
      for await (const piece of inPieces(layer.bytes, 10_000)) {
        passed.bytes += piece.length
        yield piece
      }
    }
    const readRange = () => async (offset: number, length: number) => answer(layer.bytes, offset, length)
    const reading = reader.file(request, access && place ? { place, readRange } : undefined, open, identity)
    return reading.then((bytes) => ({ text: Buffer.from(bytes).toString(), passed }))
  }
  it('comes by range', async () => {
    expect(await file()).toEqual({ text: 'hello', passed: { bytes: 0 } })
  })
  it('comes out of the stream where there are no ranges, or they give other bytes', async () => {
    expect((await file(wanted, true, () => undefined)).text).toBe('hello')
    const lying = (bytes: Buffer, offset: number, length: number) =>
      offset > bytes.length - 5_000 ? honest(bytes, offset, length) : new Uint8Array(length)
    expect((await file(wanted, true, lying)).text).toBe('hello')
  })
  it('ends the stream once it has passed', async () => {
    const dynamic = (await reader.read(request, () => inPieces(layer.bytes, 10_000))).entries[0]
    const early = {
      path: 'usr/bin/dynamic',
      sha256: dynamic?.sha256 ?? '',
      sizeBytes: dynamic?.sizeBytes ?? 0,
    }
    const { passed } = await file(early, false)
    expect(passed.bytes).toBeLessThanOrEqual(layer.bytes.length)
  })
  it('is not there when its content is not', async () => {
    const other = { ...wanted, sha256: 'a'.repeat(64) }
    await expect(file(other, false)).rejects.toMatchObject({ code: 'not_found' })
  })
})
