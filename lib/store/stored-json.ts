import type { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'

/** A JSON column as its schema reads it. Throws `store_unavailable` when something else was written there. */
export function readJson<T extends z.ZodType>(schema: T, text: string, what: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('store_unavailable', `${what} cannot be read from the data folder: it is damaged.`, {
      hint: 'Restore the data folder from a backup; everything else in it stays usable.',
      cause,
    })
  }
}
