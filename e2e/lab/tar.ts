/** One entry of a tar archive, in the order written. */
export interface TarEntry {
  /** Without a leading slash, at most 100 bytes, or 255 when a slash divides it for the prefix field. */
  readonly path: string
  /** `file` when absent. */
  readonly type?: 'file' | 'directory' | 'symlink' | 'hardlink'
  readonly content?: string | Uint8Array
  /** Target of a symlink or hard link, at most 100 bytes. */
  readonly linkTarget?: string
  /** Permission bits; 0o755 for directories and 0o644 for the rest when absent. */
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  /** Seconds since 1970; 0 when absent, so that equal input gives equal bytes. */
  readonly mtimeSeconds?: number
}

const blockBytes = 512
const typeFlags = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const

/** A POSIX ustar archive. Throws on paths that ustar cannot hold. */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '')
    return [header(entry, content.length), content, padding(content.length)]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * blockBytes)])
}

function padding(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes)
}

function header(entry: TarEntry, sizeBytes: number): Buffer {
  const type = entry.type ?? 'file'
  const { name, prefix } = splitPath(type === 'directory' ? `${entry.path.replace(/\/$/, '')}/` : entry.path)
  const block = Buffer.alloc(blockBytes)
  const octal = (value: number, offset: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1')

  block.write(name, 0)
  octal(entry.mode ?? (type === 'directory' ? 0o755 : 0o644), 100, 8)
  octal(entry.uid ?? 0, 108, 8)
  octal(entry.gid ?? 0, 116, 8)
  octal(sizeBytes, 124, 12)
  octal(entry.mtimeSeconds ?? 0, 136, 12)
  block.fill(' ', 148, 156)
  block.write(typeFlags[type], 156)
  block.write(fitting(entry.linkTarget ?? '', 100), 157)
  block.write('ustar\u000000', 257, 'latin1')
  block.write(prefix, 345)
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

function splitPath(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' }
  const slash = path.lastIndexOf('/', 155)
  if (slash <= 0) throw new Error(`ustar cannot hold the path ${path}`)
  return { name: fitting(path.slice(slash + 1), 100), prefix: fitting(path.slice(0, slash), 155) }
}

function fitting(text: string, limitBytes: number): string {
  if (Buffer.byteLength(text) > limitBytes) throw new Error(`ustar cannot hold ${text}`)
  return text
}
