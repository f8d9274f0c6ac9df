import { createHash, hash } from 'node:crypto'
import PQueue from 'p-queue'
import { decodeFacts } from '#lib/image/layer/facts-codec.ts'
import { programOfHead } from '#lib/image/layer/file-content.ts'
import type { LayerEntry, LayerFacts, LayerScan } from '#lib/image/layer/layer-facts.ts'
import type { LayerRequest } from '#lib/image/layer/read-layer.ts'
import { type BytePart, joinParts, ReadParts } from '#lib/image/layer/table/byte-parts.ts'
import { headPart, type PlacedFile, planScan, wholeParts } from '#lib/image/layer/table/plan-scan.ts'
import type { LayerTable, ReadRange } from '#lib/image/layer/table/read-table.ts'
import { unpackStart } from '#lib/image/layer/table/unpack-start.ts'
import { databaseTypeOf } from '#lib/image/packages/read-database.ts'
import type { ProgramFacts } from '#lib/image/program-facts.ts'
import { archiveEnd, writeMember } from '#lib/image/tar/write-member.ts'
import type { Digest } from '#lib/oci/digest.ts'

/** Reads a layer in a thread, encoded facts out. */
export type ReadInThread = (request: LayerRequest, source: AsyncIterable<Uint8Array>) => Promise<Uint8Array>

/** What a scan needs beside the table. */
export interface ScanTools {
  readonly readRange: ReadRange
  readonly readInThread: ReadInThread
}

const REQUESTS_AT_ONCE = 8
const UNPACKED_AT_ONCE = 8
/** Beyond this share of a layer, and this much of a huge one, reading all of it costs little more and tells more. */
const READ_SHARE = 0.5
const READ_LIMIT_BYTES = 32 << 20
/** Of files that are read whole, unpacked: they are held in memory. */
const WHOLES_LIMIT_BYTES = 64 << 20
/** Of a file's start: ELF headers, loader and notes lie in here, or the file is read whole. */
const HEAD_BYTES = 8 << 10
/** A head that is shorter than this, of a longer file, says nothing. */
const HEAD_LEAST_BYTES = 1 << 10

/**
 * Looks into the files of a layer that may be code or package databases, by ranges. Files read whole must hash to what
 * the table says; of the others the first bytes are believed. Undefined where that is not so, where ranges are not to
 * be had, or would be too much: then the layer itself has to be read. Throws what `readRange` throws.
 */
export async function scanTable(
  table: LayerTable,
  { readRange, readInThread }: ScanTools,
): Promise<LayerScan | undefined> {
  const plan = planScan(table)
  const budget = new Budget(table.sizeBytes)
  const wholeFiles = plan?.wholes ?? []
  if (!plan || !budget.takeFiles(wholeFiles)) return undefined
  const first = await readParts(
    [...plan.heads.map((file) => headPart(file, table.compression)), ...wholeFiles.flatMap(wholeParts)],
    budget,
    readRange,
  )
  if (!first) return undefined
  const heads = await lookAt(plan.heads, table.compression, first)
  if (!heads || !budget.takeFiles(heads.wantRest)) return undefined
  const rest = await readParts(heads.wantRest.flatMap(wholeParts), budget, readRange)
  if (!rest) return undefined
  const wholes = await Promise.all([
    unpackFiles(wholeFiles, table.compression, first),
    unpackFiles(heads.wantRest, table.compression, rest),
  ])
  if (!wholes[0] || !wholes[1]) return undefined
  const facts = await readExcerpt([...heads.small, ...wholes[0], ...wholes[1]], readInThread)
  if (!facts) return undefined
  for (const { path, program } of facts.entries) if (program) heads.programs.set(path, program)
  return assemble(table, heads.programs, facts, plan.unlookedFiles)
}

/** How much of a layer may be read by ranges. */
class Budget {
  private packedBytes: number
  private unpackedBytes = WHOLES_LIMIT_BYTES

  constructor(layerBytes: number) {
    this.packedBytes = Math.min(layerBytes * READ_SHARE, READ_LIMIT_BYTES)
  }

  takeParts(parts: readonly BytePart[]): boolean {
    this.packedBytes -= parts.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)
    return this.packedBytes >= 0
  }

  takeFiles(files: readonly PlacedFile[]): boolean {
    this.unpackedBytes -= files.reduce((sum, { entry }) => sum + entry.sizeBytes, 0)
    return this.unpackedBytes >= 0
  }
}

async function readParts(
  parts: readonly BytePart[],
  budget: Budget,
  readRange: ReadRange,
): Promise<ReadParts | undefined> {
  const joined = joinParts(parts.filter(({ lengthBytes }) => lengthBytes > 0))
  if (!budget.takeParts(joined)) return undefined
  const read: [BytePart, Uint8Array][] = []
  const queue = new PQueue({ concurrency: REQUESTS_AT_ONCE })
  let isBroken = false
  const works = joined.map((part, at) =>
    queue.add(async () => {
      const bytes = isBroken ? undefined : await readRange(part.offset, part.lengthBytes)
      if (bytes?.byteLength === part.lengthBytes) read[at] = [part, bytes]
      else isBroken = true
    }),
  )
  try {
    await Promise.all(works)
  } catch (error) {
    queue.clear()
    throw error
  }
  return isBroken ? undefined : new ReadParts(read)
}

interface Heads {
  readonly programs: Map<string, ProgramFacts>
  /** ELF files no longer than what was read anyway. */
  readonly small: readonly FileBytes[]
  /** Files whose first bytes do not do. */
  readonly wantRest: readonly PlacedFile[]
}

async function lookAt(
  files: readonly PlacedFile[],
  compression: LayerTable['compression'],
  read: ReadParts,
): Promise<Heads | undefined> {
  const programs = new Map<string, ProgramFacts>()
  const small: FileBytes[] = []
  const wantRest: PlacedFile[] = []
  const unpacked = await unpackAll(files, async (file) => {
    const {
      chunks: [chunk],
      entry,
    } = file
    const wantedBytes = Math.min(chunk?.sizeBytes ?? 0, HEAD_BYTES)
    const bytes =
      chunk?.packedBytes === 0
        ? Buffer.alloc(wantedBytes)
        : await unpack(
            compression,
            read.take(headPart(file, compression)),
            chunk?.skipBytes ?? 0,
            wantedBytes,
          )
    if (bytes.length < Math.min(wantedBytes, HEAD_LEAST_BYTES)) return false
    const isWhole = bytes.length === entry.sizeBytes
    if (isWhole && hash('sha256', bytes, 'hex') !== entry.sha256) return false
    const { program, wantsRest } = programOfHead(bytes)
    if (isWhole && program?.kind === 'elf') small.push([entry, bytes])
    else if (wantsRest) wantRest.push(file)
    else if (program) programs.set(entry.path, program)
    return true
  })
  return unpacked.includes(false) ? undefined : { programs, small, wantRest }
}

type FileBytes = readonly [LayerEntry, Uint8Array]

/** The bytes of files; undefined where those of one are not what the table says. */
async function unpackFiles(
  files: readonly PlacedFile[],
  compression: LayerTable['compression'],
  read: ReadParts,
): Promise<FileBytes[] | undefined> {
  const unpacked = await unpackAll(files, async (file): Promise<FileBytes | undefined> => {
    const bytes = await unpackFile(file, compression, (part) => read.take(part))
    return bytes && [file.entry, bytes]
  })
  const found = unpacked.filter((each) => each !== undefined)
  return found.length === files.length ? found : undefined
}

/** A file out of the parts of its layer; undefined where it does not hash to what its entry says. */
async function unpackFile(
  { entry, chunks }: PlacedFile,
  compression: LayerTable['compression'],
  take: (part: BytePart) => Uint8Array,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  for (const { offset, packedBytes, skipBytes, sizeBytes } of chunks) {
    const part =
      packedBytes === 0
        ? Buffer.alloc(sizeBytes)
        : await unpack(compression, take({ offset, lengthBytes: packedBytes }), skipBytes, sizeBytes)
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  return hash('sha256', bytes, 'hex') === entry.sha256 ? bytes : undefined
}

/** One file of a layer by its table, verified; undefined where ranges are not to be had or give other bytes. */
export async function readTableFile(
  file: PlacedFile,
  compression: LayerTable['compression'],
  readRange: ReadRange,
): Promise<Buffer | undefined> {
  const read = await readParts(wholeParts(file), new Budget(Number.MAX_SAFE_INTEGER), readRange)
  return read && unpackFile(file, compression, (part) => read.take(part))
}

async function unpack(
  compression: LayerTable['compression'],
  packed: Uint8Array,
  skipBytes: number,
  lengthBytes: number,
): Promise<Buffer> {
  return compression === 'none' ? Buffer.alloc(0) : unpackStart(packed, compression, skipBytes, lengthBytes)
}

function unpackAll<T>(files: readonly PlacedFile[], work: (file: PlacedFile) => Promise<T>): Promise<T[]> {
  const queue = new PQueue({ concurrency: UNPACKED_AT_ONCE })
  return Promise.all(files.map((file) => queue.add(() => work(file))))
}

/** Facts of some files as if they were a layer of their own, read by the same code. */
async function readExcerpt(
  files: readonly FileBytes[],
  readInThread: ReadInThread,
): Promise<LayerFacts | undefined> {
  const archive = [...files.flatMap(([{ path }, bytes]) => [...writeMember(path, bytes)]), archiveEnd()]
  const digest = createHash('sha256')
  for (const bytes of archive) digest.update(bytes)
  const request: LayerRequest = {
    digest: `sha256:${digest.digest('hex')}` as Digest,
    sizeBytes: archive.reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
  async function* source() {
    yield* archive
  }
  return decodeFacts(await readInThread(request, source()))
}

function assemble(
  { chunkRow: _, ...listing }: LayerTable,
  programs: ReadonlyMap<string, ProgramFacts>,
  { databases, osReleases }: LayerFacts,
  unlookedFiles: number,
): LayerScan {
  const byPath = new Map(databases.map((database) => [database.path, database]))
  const entries = listing.entries.map((entry): LayerEntry => {
    const program = programs.get(entry.hardLinkTo ?? entry.path)
    return program && entry.type === 'file' ? { ...entry, program } : entry
  })
  const named = entries.flatMap(({ path, hardLinkTo }) => {
    const database = byPath.get(hardLinkTo ?? path)
    return database && databaseTypeOf(path) !== undefined ? [{ ...database, path }] : []
  })
  return {
    ...listing,
    entries,
    databases: named,
    ...(osReleases ? { osReleases } : {}),
    unlookedFiles,
  }
}
