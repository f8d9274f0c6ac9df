import { readFile } from 'node:fs/promises'
import { AppError } from '#lib/errors/app-error.ts'

/** The PEM texts of additional certificate authorities. Throws `settings_invalid` naming the file. */
export function readCaFiles(paths: readonly string[]): Promise<string[]> {
  return Promise.all(
    paths.map(async (path) => {
      try {
        return await readFile(path, 'utf8')
      } catch (cause) {
        throw new AppError('settings_invalid', `ARCHWAY_CA_FILES: ${path} cannot be read.`, { cause })
      }
    }),
  )
}
