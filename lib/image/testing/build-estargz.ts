import { gzipSync } from 'node:zlib'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { buildTar, member, type TarShape } from './build-tar.ts'

/** An eStargz layer with what a manifest says of it. */
export interface BuiltEstargz {
  readonly bytes: Buffer
  /** The archive within, decompressed. */
  readonly archive: Buffer
  readonly annotations: Readonly<Record<string, string>>
}

const TYPES: Readonly<Record<string, string>> = {
  '0': 'reg',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'dir',
}

/**
 * An eStargz layer: a gzip member for each header and each content, the table of contents, the footer. `change` has the
 * last word over the table, which then may lie. https://github.com/containerd/stargz-snapshotter/blob/main/docs/estargz.md
 */
export function buildEstargz(
  shapes: readonly TarShape[],
  change: (entries: Record<string, unknown>[]) => void = () => {},
): BuiltEstargz {
  const parts: Buffer[] = []
  const plain: Buffer[] = []
  const add = (bytes: Buffer) => {
    plain.push(bytes)
    parts.push(gzipSync(bytes))
  }
  const entries = shapes.map((shape) => {
    const content = Buffer.from(shape.content ?? '')
    const blocks = Buffer.concat(member(shape))
    const headBytes = blocks.length - Math.ceil(content.length / 512) * 512
    add(blocks.subarray(0, headBytes))
    const offset = Buffer.concat(parts).length
    if (content.length > 0) add(blocks.subarray(headBytes))
    return entryOf(shape, content, offset)
  })
  change(entries)
  const json = Buffer.from(JSON.stringify({ version: 1, entries }))
  const offset = Buffer.concat(parts).length
  add(buildTar({ name: 'stargz.index.json', content: json, mode: 0 }))
  return {
    bytes: Buffer.concat([...parts, estargzFooter(offset)]),
    archive: Buffer.concat(plain),
    annotations: { 'containerd.io/snapshot/stargz/toc.digest': digestOf(json) },
  }
}

function entryOf(shape: TarShape, content: Buffer, offset: number): Record<string, unknown> {
  const { name, type = '0', linkName, uid, gid } = shape
  return {
    name,
    type: TYPES[type],
    mode: shape.mode ?? (type === '5' ? 0o755 : 0o644),
    ...{ linkName, uid, gid },
    ...(type === '0' ? { size: content.length, digest: digestOf(content) } : {}),
    ...(content.length > 0 ? { offset, chunkSize: 0, chunkDigest: digestOf(content) } : {}),
  }
}

/** The end of a layer whose table of contents begins at `offset`. */
export function estargzFooter(offset: number): Buffer {
  const text = `${offset.toString(16).padStart(16, '0')}STARGZ`
  const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 26, 0, 0x53, 0x47, 22, 0])
  const empty = Buffer.from([1, 0, 0, 255, 255])
  return Buffer.concat([header, Buffer.from(text), empty, Buffer.alloc(8)])
}
