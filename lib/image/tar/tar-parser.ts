import { AppError } from '#lib/errors/app-error.ts'
import { brokenLayer, type LayerLimits, truncatedLayer } from '../layer/layer-limits.ts'
import { type PaxRecords, readPaxRecords } from './pax-records.ts'
import { SparseContent } from './sparse-content.ts'
import {
  readGnuSparseBlock,
  readGnuSparseHeader,
  readPaxSparse,
  type SparseMap,
  toSparseMap,
} from './sparse-map.ts'
import {
  isZeroBlock,
  paddedBytes,
  readTarHeader,
  TAR_BLOCK_BYTES,
  type TarHeader,
  textAt,
} from './tar-header.ts'

/** An entry with everything its headers and extensions say. */
export interface TarMember {
  /** As written: `./usr/bin/`. */
  readonly name: string
  readonly linkName: string
  readonly type: string
  /** Of the file as it will be, holes included. 0 for what has no content. */
  readonly sizeBytes: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** By name, base64. */
  readonly xattrs?: Readonly<Record<string, string>>
  /** A sparse file beyond the limit: its content is passed over. */
  readonly isPassedOver: boolean
}

/** Where a parser puts what it finds, in the archive's order. */
export interface TarSink {
  /** The next entry; its content follows. */
  member(member: TarMember): void
  /** A part of the content: `chunk` from `from` to `to`, not a copy: what is kept beyond this call must be. */
  content(chunk: Buffer, from: number, to: number): void
  /** The content is complete. */
  memberEnd(): void
}

/** Links, devices and folders have no content, whatever their size field says. */
const WITHOUT_CONTENT = new Set(['1', '2', '3', '4', '5', '6'])

type Place = 'header' | 'sparse-block' | 'extension' | 'content' | 'padding' | 'end'

/**
 * A tar archive in pieces of any size: ustar, PAX, GNU long names, sparse files of all formats, old archives. Throws
 * `layer_invalid`, `layer_truncated` and the limits' errors. What follows the two zero blocks is ignored.
 */
export class TarParser {
  private readonly sink: TarSink
  private readonly limits: LayerLimits
  private readonly held = Buffer.allocUnsafe(TAR_BLOCK_BYTES)
  private heldBytes = 0
  private place: Place = 'header'
  private hasZeroBlock = false
  private missingBytes = 0
  private paddingBytes = 0
  private extension:
    | { readonly type: string; readonly sizeBytes: number; readonly parts: Buffer[] }
    | undefined
  private extensionBytes = 0
  private longName: string | undefined
  private longLink: string | undefined
  private pax: PaxRecords | undefined
  private gnuSparse:
    | { header: TarHeader; realSizeBytes: number; pieces: SparseMap['pieces'][number][] }
    | undefined
  private sparse: SparseContent | undefined
  private isPassedOver = false

  constructor(sink: TarSink, limits: LayerLimits) {
    this.sink = sink
    this.limits = limits
  }

  /** Takes the next bytes, and keeps none of them. */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && this.place !== 'end'; ) {
      switch (this.place) {
        case 'header':
        case 'sparse-block':
          at = this.block(chunk, at)
          break
        default:
          at = this.body(chunk, at)
      }
    }
  }

  /** The stream has ended. Archives without zero blocks at their end are accepted, as all tools do. */
  end(): void {
    if (this.place === 'end' || (this.place === 'header' && this.heldBytes === 0)) {
      if (!this.extension && this.extensionBytes === 0) return
    }
    throw truncatedLayer(this.place === 'header' ? 'within a header' : 'within an entry')
  }

  private block(chunk: Buffer, at: number): number {
    if (this.heldBytes === 0 && chunk.length - at >= TAR_BLOCK_BYTES) {
      this.takeBlock(chunk, at)
      return at + TAR_BLOCK_BYTES
    }
    const taken = chunk.copy(this.held, this.heldBytes, at, at + TAR_BLOCK_BYTES - this.heldBytes)
    this.heldBytes += taken
    if (this.heldBytes === TAR_BLOCK_BYTES) {
      this.heldBytes = 0
      this.takeBlock(this.held, 0)
    }
    return at + taken
  }

  private takeBlock(bytes: Buffer, at: number): void {
    if (this.place === 'sparse-block') this.takeSparseBlock(bytes, at)
    else this.takeHeader(bytes, at)
  }

  private takeHeader(bytes: Buffer, at: number): void {
    if (bytes[at] === 0 && isZeroBlock(bytes, at)) {
      if (this.hasZeroBlock) this.place = 'end'
      this.hasZeroBlock = true
      return
    }
    this.hasZeroBlock = false
    const header = readTarHeader(bytes, at)
    if (typeof header === 'string') throw brokenLayer(header)
    const { type, sizeBytes } = header
    if (sizeBytes === undefined) throw brokenLayer('the size in a header is no number')
    if (type === 'x' || type === 'g' || type === 'L' || type === 'K') this.startExtension(type, sizeBytes)
    else if (type === 'S') this.startGnuSparse(header, bytes, at)
    else this.startMember(header, this.pax?.number('size') ?? sizeBytes)
  }

  private startExtension(type: string, sizeBytes: number): void {
    this.extensionBytes += sizeBytes + TAR_BLOCK_BYTES
    if (this.extensionBytes > this.limits.extensionBytes) {
      throw brokenLayer(
        `the extension headers of an entry are larger than ${this.limits.extensionBytes} bytes`,
      )
    }
    this.extension = { type, sizeBytes, parts: [] }
    this.missingBytes = paddedBytes(sizeBytes)
    this.place = 'extension'
    if (this.missingBytes === 0) this.endExtension()
  }

  private endExtension(): void {
    if (!this.extension) return
    const { type, sizeBytes, parts } = this.extension
    const content = Buffer.concat(parts).subarray(0, sizeBytes)
    this.extension = undefined
    this.place = 'header'
    if (type === 'L') this.longName = textAt(content, 0, content.length)
    if (type === 'K') this.longLink = textAt(content, 0, content.length)
    if (type === 'x') this.pax = readPaxRecords(content)
  }

  private startGnuSparse(header: TarHeader, bytes: Buffer, at: number): void {
    const { pieces, isContinued, realSizeBytes } = readGnuSparseHeader(bytes, at)
    if (realSizeBytes === undefined) throw brokenLayer('a sparse file has no size')
    this.gnuSparse = { header, realSizeBytes, pieces }
    if (isContinued) this.place = 'sparse-block'
    else this.endGnuSparse()
  }

  private takeSparseBlock(bytes: Buffer, at: number): void {
    const { pieces, isContinued } = readGnuSparseBlock(bytes, at)
    this.gnuSparse?.pieces.push(...pieces)
    this.extensionBytes += TAR_BLOCK_BYTES
    if (this.extensionBytes > this.limits.extensionBytes) {
      throw brokenLayer(`the map of a sparse file is larger than ${this.limits.extensionBytes} bytes`)
    }
    if (!isContinued) this.endGnuSparse()
  }

  private endGnuSparse(): void {
    if (!this.gnuSparse) return
    const { header, realSizeBytes, pieces } = this.gnuSparse
    this.gnuSparse = undefined
    const map = toSparseMap(realSizeBytes, pieces)
    if (typeof map === 'string') throw brokenLayer(map)
    this.startMember({ ...header, type: '0' }, this.pax?.number('size') ?? header.sizeBytes ?? 0, {
      kind: 'map',
      map,
    })
  }

  private startMember(
    header: TarHeader,
    storedBytes: number,
    known?: ReturnType<typeof readPaxSparse>,
  ): void {
    const { pax } = this
    const name = pax?.text('GNU.sparse.name') ?? pax?.text('path') ?? this.longName ?? header.name
    const linkName = pax?.text('linkpath') ?? this.longLink ?? header.linkName
    this.checkPath(name)
    this.checkPath(linkName)
    const sparse = known ?? (pax === undefined ? undefined : readPaxSparse(pax))
    if (typeof sparse === 'string') throw brokenLayer(sparse)
    const realBytes =
      sparse === undefined
        ? storedBytes
        : sparse.kind === 'map'
          ? sparse.map.realSizeBytes
          : sparse.realSizeBytes
    const sizeBytes = WITHOUT_CONTENT.has(header.type) ? 0 : realBytes
    if (sizeBytes > this.limits.entryBytes) {
      throw new AppError('layer_entry_too_large', `${clip(name)} has ${sizeBytes} bytes, more than are read.`)
    }
    const xattrs = pax?.xattrs()
    this.isPassedOver = sparse !== undefined && sizeBytes > this.limits.sparseBytes
    this.sink.member({
      name,
      linkName,
      type: header.type,
      sizeBytes,
      mode: header.mode,
      uid: pax?.number('uid') ?? header.uid,
      gid: pax?.number('gid') ?? header.gid,
      ...(xattrs ? { xattrs } : {}),
      isPassedOver: this.isPassedOver,
    })
    this.pax = undefined
    this.longName = undefined
    this.longLink = undefined
    this.extensionBytes = 0
    this.sparse =
      sparse === undefined || this.isPassedOver
        ? undefined
        : new SparseContent(sparse, this.sink, this.limits)
    this.missingBytes = WITHOUT_CONTENT.has(header.type) ? 0 : storedBytes
    this.paddingBytes = paddedBytes(this.missingBytes) - this.missingBytes
    this.place = 'content'
    if (this.missingBytes === 0) this.endContent()
  }

  private checkPath(path: string): void {
    if (path.length <= this.limits.pathBytes && Buffer.byteLength(path) <= this.limits.pathBytes) return
    const message = `A path in the layer is longer than ${this.limits.pathBytes} bytes: ${clip(path)}`
    throw new AppError('layer_path_too_long', message)
  }

  private body(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.missingBytes)
    this.missingBytes -= end - at
    if (this.place === 'extension') {
      this.extension?.parts.push(Buffer.from(chunk.subarray(at, end)))
      if (this.missingBytes === 0) this.endExtension()
    } else if (this.place === 'content') {
      if (this.sparse) this.sparse.push(chunk, at, end)
      else if (!this.isPassedOver) this.sink.content(chunk, at, end)
      if (this.missingBytes === 0) this.endContent()
    } else if (this.missingBytes === 0) {
      this.place = 'header'
    }
    return end
  }

  private endContent(): void {
    this.sparse?.end()
    this.sparse = undefined
    this.sink.memberEnd()
    this.missingBytes = this.paddingBytes
    this.place = this.missingBytes === 0 ? 'header' : 'padding'
  }
}

function clip(path: string): string {
  return path.length > 100 ? `${path.slice(0, 100)}…` : path
}
