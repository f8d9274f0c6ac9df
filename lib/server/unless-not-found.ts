import 'server-only'
import { toAppError } from '#lib/errors/app-error.ts'

/** What was asked for; undefined when it is not there, for a page that says so with status 404. Throws the rest. */
export async function unlessNotFound<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (toAppError(error).code === 'not_found') return undefined
    throw error
  }
}
