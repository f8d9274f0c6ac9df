import type { Engine } from '#lib/engine/engine.ts'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import type { ImageEntry, Lookup } from '#lib/image/image-entry.ts'
import { readTarEntry } from '#lib/image/read-tar-entry.ts'

/** Kept of each file: far more than a kernel looks at, and where linkers put the loader's name. */
const HEAD_BYTES = 64 << 10
/** Read of an archive at most: the head, and headers before it. */
const ARCHIVE_LIMIT_BYTES = 1 << 20

/**
 * The file system of a container as a lookup, by the engine's archive call; a container need not be started for it.
 * Throws what the engine throws, and `engine_protocol` for an archive that cannot be read.
 */
export function containerFiles(engine: Engine, container: string, signal?: AbortSignal): Lookup {
  return async (path): Promise<ImageEntry | undefined> => {
    const archive = await engine
      .readArchive(container, path, { maxBytes: ARCHIVE_LIMIT_BYTES, signal })
      .catch((error: unknown) => {
        if (toAppError(error).code === 'link_loop') return 'loop' as const
        throw error
      })
    // Which links they are is not told: one to itself stands for all of them.
    if (archive === 'loop') return { kind: 'symlink', target: path }
    if (archive === undefined) return undefined
    const reading = await readTarEntry(archive, HEAD_BYTES)
    if (reading.kind === 'entry') return reading.entry
    if (reading.kind === 'empty') return undefined
    throw new AppError('engine_protocol', `The engine’s archive of ${path} is broken: ${reading.reason}.`)
  }
}
