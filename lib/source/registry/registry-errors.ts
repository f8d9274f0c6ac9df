import { z } from 'zod'

/** One entry of a registry's error body. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
export interface RegistryErrorEntry {
  readonly code: string
  readonly message: string
}

const bodySchema = z.object({
  errors: z
    .array(z.object({ code: z.coerce.string().catch(''), message: z.string().catch('') }))
    .max(1_000)
    .catch([]),
})

const MESSAGE_MAX = 200

/** The entries of an error body, codes in upper case. Anything that is not such a body has none. */
export function parseRegistryErrors(body: Uint8Array): RegistryErrorEntry[] {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return []
  }
  const result = bodySchema.safeParse(value)
  if (!result.success) return []
  return result.data.errors.map(({ code, message }) => ({ code: code.toUpperCase(), message: tidy(message) }))
}

/** Foreign text fit for a message: one line, short, and without the query strings of URLs, which may be signed. */
function tidy(text: string): string {
  const line = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/(https?:\/\/)[^\s/"]*@/gi, '$1')
    .replace(/(https?:\/\/[^\s?"]*)\?[^\s"]*/gi, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > MESSAGE_MAX ? `${line.slice(0, MESSAGE_MAX)}…` : line
}
