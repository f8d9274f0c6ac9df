import type { z } from 'zod'

/** A call of the API, as its route takes and answers it. */
export interface ApiCall {
  readonly method: 'get' | 'put' | 'post' | 'delete'
  readonly path: string
  readonly id: string
  readonly summary: string
  /** The parts of the path in braces. */
  readonly pathParts?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** It may have to read layers: who accepts events hears how far that is. */
  readonly tellsProgress?: true
  readonly answer: z.ZodType | { readonly mediaType: string; readonly description: string }
  /** Of the answer; 200 when nothing is said. */
  readonly status?: 201 | 202
}
