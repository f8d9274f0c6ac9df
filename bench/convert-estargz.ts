import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { LAYER_LIMITS } from '#lib/image/layer/layer-limits.ts'
import { type TarMember, TarParser } from '#lib/image/tar/tar-parser.ts'
import { estargzFooter } from '#lib/image/testing/build-estargz.ts'
import { buildTar } from '#lib/image/testing/build-tar.ts'

/** What a manifest and a config say of a layer that was written. */
export interface WrittenLayer {
  readonly digest: string
  readonly sizeBytes: number
  readonly diffId: string
  readonly annotations: Readonly<Record<string, string>>
}

interface PlacedMember {
  readonly member: TarMember
  /** Of its content in the archive. */
  start: number
}

const TYPES: Readonly<Record<string, string>> = {
  '0': 'reg',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'dir',
  '6': 'fifo',
}
const READ_BYTES = 1 << 20
/** As stargz-snapshotter cuts files. */
const CHUNK_BYTES = 4 << 20
const BLOCK_BYTES = 512
const GZIP_LEVEL = 6
const pack = promisify<Uint8Array, { level: number }, Buffer>(gzip)

/**
 * Makes an eStargz layer of a tar archive as `ctr-remote image convert --estargz` would: a gzip member for each chunk of
 * each file, and one for what lies between. https://github.com/containerd/stargz-snapshotter/blob/main/docs/estargz.md
 */
export async function convertToEstargz(archive: string, layer: string): Promise<WrittenLayer> {
  await using source = await open(archive)
  await using target = await open(layer, 'w')
  const members = await placeMembers(source)
  const out = new LayerWriter(target)
  const entries: Record<string, unknown>[] = []
  let cursor = 0
  for (const { member, start } of members) {
    const { name, type, linkName, mode, uid, gid, sizeBytes, xattrs } = member
    const entry = { name, type: TYPES[type], mode, uid, gid, ...(linkName ? { linkName } : {}), xattrs }
    if (type !== '0') {
      entries.push(entry)
      continue
    }
    if (sizeBytes === 0) {
      entries.push({ ...entry, size: 0 })
      continue
    }
    await out.add(await bytesAt(source, cursor, start - cursor))
    const digest = createHash('sha256')
    const chunks: Record<string, unknown>[] = []
    for (let at = 0; at < sizeBytes; at += CHUNK_BYTES) {
      const bytes = await bytesAt(source, start + at, Math.min(CHUNK_BYTES, sizeBytes - at))
      digest.update(bytes)
      const chunkSize = at + CHUNK_BYTES < sizeBytes ? CHUNK_BYTES : 0
      chunks.push({
        name,
        type: 'chunk',
        offset: out.sizeBytes,
        chunkOffset: at,
        chunkSize,
        chunkDigest: sha256(bytes),
      })
      await out.add(bytes)
    }
    const { type: _, ...first } = chunks[0] ?? {}
    entries.push({ ...entry, size: sizeBytes, digest: `sha256:${digest.digest('hex')}`, ...first })
    entries.push(...chunks.slice(1))
    cursor = start + sizeBytes
  }
  await out.add(await endOf(source, cursor))
  const json = Buffer.from(JSON.stringify({ version: 1, entries }))
  const tableAt = out.sizeBytes
  await out.add(buildTar({ name: 'stargz.index.json', content: json, mode: 0 }))
  await out.addPacked(estargzFooter(tableAt))
  return { ...out.finish(), annotations: { 'containerd.io/snapshot/stargz/toc.digest': sha256(json) } }
}

async function placeMembers(source: FileHandle): Promise<PlacedMember[]> {
  const members: PlacedMember[] = []
  let readBytes = 0
  const parser = new TarParser(
    {
      member: (member) => members.push({ member, start: -1 }),
      content(_, from) {
        const last = members.at(-1)
        if (last && last.start < 0) last.start = readBytes + from
      },
      memberEnd() {},
    },
    LAYER_LIMITS,
  )
  for (;;) {
    const { bytesRead, buffer } = await source.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, readBytes)
    if (bytesRead === 0) return members
    parser.push(buffer.subarray(0, bytesRead))
    readBytes += bytesRead
  }
}

async function bytesAt(source: FileHandle, offset: number, lengthBytes: number): Promise<Buffer> {
  const { buffer } = await source.read(Buffer.alloc(lengthBytes), 0, lengthBytes, offset)
  return buffer
}

/** What follows the last file, without the blocks that end the archive: the table comes before them. */
async function endOf(source: FileHandle, cursor: number): Promise<Buffer> {
  const { size } = await source.stat()
  const rest = await bytesAt(source, cursor, size - cursor)
  let end = (BLOCK_BYTES - (cursor % BLOCK_BYTES)) % BLOCK_BYTES
  while (end < rest.length && rest.subarray(end, end + BLOCK_BYTES).some((byte) => byte !== 0))
    end += BLOCK_BYTES
  return rest.subarray(0, end)
}

/** Writes members and counts and hashes what it writes. */
class LayerWriter {
  sizeBytes = 0
  private readonly target: FileHandle
  private readonly packedHash = createHash('sha256')
  private readonly plainHash = createHash('sha256')

  constructor(target: FileHandle) {
    this.target = target
  }

  async add(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    this.plainHash.update(bytes)
    await this.addPacked(await pack(bytes, { level: GZIP_LEVEL }))
  }

  async addPacked(bytes: Uint8Array): Promise<void> {
    this.packedHash.update(bytes)
    this.sizeBytes += bytes.length
    await this.target.writeFile(bytes)
  }

  finish(): Omit<WrittenLayer, 'annotations'> {
    return {
      digest: `sha256:${this.packedHash.digest('hex')}`,
      diffId: `sha256:${this.plainHash.digest('hex')}`,
      sizeBytes: this.sizeBytes,
    }
  }
}

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
