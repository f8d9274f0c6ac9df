import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#lib/errors/app-error.ts'
import { type LayoutAccess, realPathInRoots, refused } from './layout-path.ts'

/** A layer is read in parts of this size. */
const CHUNK_BYTES = 1 << 18

/** Reads files of one layout folder; every file must really lie in an allowed root, links followed. */
export class LayoutFiles {
  private readonly dir: string
  private readonly layoutPath: string
  private readonly access: LayoutAccess

  /** `dir` is absolute and allowed; `layoutPath` is how the user called it, for messages. */
  constructor(dir: string, layoutPath: string, access: LayoutAccess) {
    this.dir = dir
    this.layoutPath = layoutPath
    this.access = access
  }

  /** Whether something is there. Throws `layout_refused` when it lies outside. */
  async has(name: string): Promise<boolean> {
    return (await realPathInRoots(path.join(this.dir, name), this.layoutPath, this.access)) !== undefined
  }

  /**
   * The whole of a regular file; undefined when it is not there, `'too large'` beyond `maxBytes`. Throws
   * `layout_refused` when it lies outside, `layout_invalid` when it is no readable file.
   */
  async read(name: string, maxBytes: number): Promise<Uint8Array | 'too large' | undefined> {
    const file = await this.openFile(name)
    if (!file) return undefined
    try {
      const stats = await file.stat()
      if (!stats.isFile()) throw this.unreadable(name)
      if (stats.size > maxBytes) return 'too large'
      const buffer = Buffer.allocUnsafe(stats.size + 1)
      let length = 0
      while (length < buffer.byteLength) {
        const { bytesRead } = await file.read(buffer, length, buffer.byteLength - length)
        if (bytesRead === 0) break
        length += bytesRead
      }
      if (length > stats.size) throw this.unreadable(name) // It grew while it was read.
      return new Uint8Array(buffer.buffer, buffer.byteOffset, length)
    } catch (cause) {
      throw cause instanceof AppError ? cause : this.unreadable(name, cause)
    } finally {
      await file.close()
    }
  }

  /** A part of a regular file; undefined when it is not there or ends earlier. */
  async readRange(name: string, offset: number, lengthBytes: number): Promise<Uint8Array | undefined> {
    const file = await this.openFile(name)
    if (!file) return undefined
    try {
      const stats = await file.stat()
      if (!stats.isFile()) throw this.unreadable(name)
      if (offset + lengthBytes > stats.size) return undefined
      const bytes = new Uint8Array(lengthBytes)
      const { bytesRead } = await file.read(bytes, 0, lengthBytes, offset)
      return bytesRead === lengthBytes ? bytes : undefined
    } catch (cause) {
      throw cause instanceof AppError ? cause : this.unreadable(name, cause)
    } finally {
      await file.close()
    }
  }

  /** The content of a regular file in large chunks, each valid until the next; undefined when it is not there. */
  async open(name: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const file = await this.openFile(name)
    return file && this.chunks(name, file)
  }

  private async *chunks(name: string, file: FileHandle): AsyncGenerator<Uint8Array> {
    try {
      if (!(await file.stat()).isFile()) throw this.unreadable(name)
      const buffer = new Uint8Array(CHUNK_BYTES)
      while (true) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES)
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } catch (cause) {
      throw cause instanceof AppError ? cause : this.unreadable(name, cause)
    } finally {
      await file.close()
    }
  }

  private async openFile(name: string): Promise<FileHandle | undefined> {
    const real = await realPathInRoots(path.join(this.dir, name), this.layoutPath, this.access)
    if (real === undefined) return undefined
    // Links were followed and judged above; O_NONBLOCK keeps a pipe in disguise from hanging the process.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    return open(real, flags).catch((cause) => {
      if (cause.code === 'ELOOP') throw refused(this.layoutPath)
      if (cause.code === 'ENOENT') return undefined
      throw this.unreadable(name, cause)
    })
  }

  private unreadable(name: string, cause?: unknown): AppError {
    return new AppError('layout_invalid', `“${name}” of oci:${this.layoutPath} cannot be read.`, {
      hint: 'Check that it is a regular file and that Archway may read it.',
      ...(cause === undefined ? {} : { cause }),
    })
  }
}
