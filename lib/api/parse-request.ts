import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { runKey } from './runs.ts'

/** Reads a query string by a schema; a parameter given twice is a list. Throws `request_invalid` naming each fault. */
export function parseQuery<T extends z.ZodType>(schema: T, params: URLSearchParams): z.output<T> {
  const raw: Record<string, string | string[]> = {}
  const repeatable =
    'shape' in schema ? listKeys(schema.shape as Record<string, z.ZodType>) : new Set<string>()
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key)
    raw[key] = repeatable.has(key) ? values : (values.at(-1) ?? '')
  }
  return check(schema, raw, 'query')
}

/** Reads a JSON body by a schema. Throws `request_invalid`. */
export async function parseBody<T extends z.ZodType>(schema: T, request: Request): Promise<z.output<T>> {
  return parseText(schema, await readBody(request, BODY_MAX_BYTES))
}

/** Reads JSON by a schema. Throws `request_invalid`. */
export function parseText<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  try {
    return check(schema, JSON.parse(text), 'body')
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('request_invalid', 'The request’s body is not JSON.', { cause })
  }
}

const BODY_MAX_BYTES = 1 << 20

/** The body as text. Reads no more than the bound, whatever is sent. Throws `request_invalid`. */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let sizeBytes = 0
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes)
      throw new AppError('request_invalid', 'The request’s body is too large.', {
        hint: `It may have ${maxBytes} bytes.`,
      })
    chunks.push(chunk)
  }
  return new Blob(chunks).text()
}

function listKeys(shape: Record<string, z.ZodType>): Set<string> {
  return new Set(Object.keys(shape).filter((key) => isList(shape[key])))
}

/** A list, also one that may be absent or has a default. */
function isList(schema: z.ZodType | undefined): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return isList(schema.unwrap() as z.ZodType)
  return schema?.type === 'array'
}

function check<T extends z.ZodType>(schema: T, raw: unknown, part: string): z.output<T> {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || part}: ${issue.message}`)
  throw new AppError('request_invalid', `The ${part} is not understood: ${faults.join('; ')}.`, {
    hint: 'GET /api/openapi.json describes every call.',
  })
}

/**
 * A request with the key that its header names, as HTTP calls it. Throws `request_invalid` where the two differ, and for a
 * header that names none: a script whose variable was not set would start a run each time.
 */
export function withHeaderKey<T extends { readonly key?: string | undefined }>(
  asked: T,
  request: Request,
): T {
  const header = request.headers.get('Idempotency-Key')?.trim()
  if (header === undefined) return asked
  const result = runKey.safeParse(header)
  if (!result.success)
    throw new AppError(
      'request_invalid',
      `The header Idempotency-Key ${result.error.issues[0]?.message ?? 'is none'}.`,
      { hint: 'Send a key of your own, such as the number of a build, or leave the header out.' },
    )
  if (asked.key !== undefined && asked.key !== header)
    throw new AppError('request_invalid', 'The header Idempotency-Key and the field “key” differ.', {
      hint: 'One of them is enough.',
    })
  return { ...asked, key: header }
}
