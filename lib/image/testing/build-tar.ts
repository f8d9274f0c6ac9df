/** One member as it will be written; everything is taken as it is, sense or not. */
export interface TarShape {
  readonly name: string
  /** The typeflag; `0` when absent. */
  readonly type?: string
  readonly content?: string | Uint8Array
  /** The size field, when it shall not be that of the content. */
  readonly sizeBytes?: number
  readonly linkName?: string
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  /** PAX records before the member. */
  readonly pax?: Readonly<Record<string, string>>
  /** Bytes written over the header's from this offset, before its checksum is made. */
  readonly overlay?: readonly [number, Uint8Array]
  /** Blocks between the header and the content. */
  readonly extraBlocks?: Uint8Array
}

const BLOCK = 512

/** An archive of members of every kind, ended by two zero blocks. */
export function buildTar(...shapes: readonly TarShape[]): Buffer {
  return Buffer.concat([...shapes.flatMap(member), Buffer.alloc(2 * BLOCK)])
}

/** The bytes of one member, without an end of the archive. */
export function member(shape: TarShape): Buffer[] {
  const content = Buffer.from(shape.content ?? '')
  const pax =
    shape.pax === undefined ? [] : member({ name: 'pax', type: 'x', content: paxContent(shape.pax) })
  return [...pax, header(shape, content.length), Buffer.from(shape.extraBlocks ?? ''), padded(content)]
}

/** Octal text in a field of `width` bytes. */
export function octal(value: number, width: number): Buffer {
  return Buffer.from(`${value.toString(8).padStart(width - 1, '0')}\0`, 'latin1')
}

/** Content filled up to whole blocks. */
export function padded(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.byteLength % BLOCK)) % BLOCK)])
}

function header(shape: TarShape, contentBytes: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const type = shape.type ?? '0'
  block.write(shape.name, 0, 100, 'utf8')
  octal(shape.mode ?? (type === '5' ? 0o755 : 0o644), 8).copy(block, 100)
  octal(shape.uid ?? 0, 8).copy(block, 108)
  octal(shape.gid ?? 0, 8).copy(block, 116)
  octal(shape.sizeBytes ?? contentBytes, 12).copy(block, 124)
  octal(0, 12).copy(block, 136)
  block.write(type, 156, 'latin1')
  block.write(shape.linkName ?? '', 157, 100, 'utf8')
  block.write('ustar\u000000', 257, 'latin1')
  if (shape.overlay) Buffer.from(shape.overlay[1]).copy(block, shape.overlay[0])
  block.fill(' ', 148, 156)
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    7,
  ).copy(block, 148)
  return block
}

function paxContent(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = Buffer.byteLength(` ${key}=${value}\n`)
      let length = rest + String(rest).length
      if (String(length).length > String(rest).length) length = rest + String(length).length
      return `${length} ${key}=${value}\n`
    })
    .join('')
}
