import { z } from 'zod'
import { filePathFault } from './path-rules.ts'

/** What a service needs to be configured, and no more: the texts are kept with the report. */
const FILES_MAX = 32
const FILE_MAX_LENGTH = 65_536
const ALL_MAX_LENGTH = 262_144
/**
 * Small texts by the absolute path at which they lie in the container when it starts. A text that begins with `#!` may be
 * executed. No file’s path leads through another.
 */
export const profileFiles = z
  .record(
    z.string(),
    z
      .string()
      .max(FILE_MAX_LENGTH, `must not be longer than ${FILE_MAX_LENGTH} characters`)
      .refine((text) => !text.includes('\0'), 'must not hold a NUL character'),
  )
  .superRefine((files, { addIssue }) => {
    const paths = Object.keys(files)
    const say = (message: string, path: string[] = []) => addIssue({ code: 'custom', path, message })
    for (const path of paths) {
      const fault = filePathFault(path)
      if (fault !== undefined) say(fault, [path])
      const above = paths.find((other) => path.startsWith(`${other}/`))
      if (above !== undefined) say(`lies below ${above}, which is a file`, [path])
    }
    if (paths.length > FILES_MAX) say(`must not be more than ${FILES_MAX} files`)
    const length = Object.values(files).reduce((sum, text) => sum + text.length, 0)
    if (length > ALL_MAX_LENGTH) say(`must not be longer than ${ALL_MAX_LENGTH} characters together`)
  })
