import path from 'node:path'
import { z } from 'zod'
import { isAuthority, isHost, isHostOrRange } from './host-entry.ts'
import type { Place } from './place.ts'

const DEFAULT_CACHE_MB = 512
const MAX_CACHE_MB = 1_048_576
const DEFAULT_JOBS = 4
const MAX_JOBS = 256
const SHOWN_LENGTH = 100

/**
 * The environment variables that Archway reads, each with its rule. Messages continue the variable's name and
 * repeat its value, except where it may hold a password.
 */
export function environmentSchema(place: Place) {
  return z.object({
    HOST: z.string().trim().refine(isHost, says('must be a host name or an IP address')).default('127.0.0.1'),
    PORT: wholeNumber(0, 65_535, 3000),
    ARCHWAY_DATA: z.string().trim().optional(),
    // The XDG base directory specification says to ignore relative paths.
    XDG_DATA_HOME: z
      .string()
      .trim()
      .optional()
      .transform((text) => (text !== undefined && path.isAbsolute(text) ? text : undefined)),
    ARCHWAY_CACHE_MB: wholeNumber(1, MAX_CACHE_MB, DEFAULT_CACHE_MB),
    ARCHWAY_JOBS: wholeNumber(1, MAX_JOBS, DEFAULT_JOBS),
    ARCHWAY_AUTH: z
      .string()
      .trim()
      .refine((text) => text === 'none', says('must be “none”, the only way known so far'))
      .transform(() => 'none' as const)
      .optional(),
    ARCHWAY_ALLOW_HOSTS: list(
      ',',
      isHostOrRange,
      'holds something that is no host, address or range such as 10.0.0.0/8',
    ),
    ARCHWAY_INSECURE_REGISTRIES: list(',', isAuthority, 'holds something that is not host[:port]'),
    ARCHWAY_CA_FILES: list(
      path.delimiter,
      (file) => place.isReadableFile(path.resolve(place.cwd, file)),
      'names a file that cannot be read',
    ),
    ARCHWAY_CONFIG: z
      .string()
      .trim()
      .refine(
        (file) => place.isReadableFile(path.resolve(place.cwd, file)),
        says('must name a file that can be read'),
      )
      .optional(),
    ARCHWAY_LAYOUT_ROOTS: list(path.delimiter, () => true, ''),
    DOCKER_CONFIG: z.string().trim().optional(),
    HTTPS_PROXY: proxyUrl(),
    https_proxy: proxyUrl(),
    HTTP_PROXY: proxyUrl(),
    http_proxy: proxyUrl(),
    NO_PROXY: z.string().trim().optional(),
    no_proxy: z.string().trim().optional(),
  })
}

function says(rule: string) {
  return { error: (issue: { input?: unknown }) => `${rule}, not ${quote(String(issue.input))}` }
}

function quote(text: string): string {
  return `“${text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text}”`
}

function wholeNumber(min: number, max: number, standard: number) {
  const fits = (text: string) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max
  return z
    .string()
    .trim()
    .refine(fits, says(`must be a whole number from ${min} to ${max}`))
    .transform(Number)
    .default(standard)
}

/** Entries between separators, spaces and empty entries dropped; each wrong one is an error of its own. */
function list(separator: string, isRight: (entry: string) => boolean, wrong: string) {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(separator)
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .superRefine((entries, context) => {
      for (const entry of entries.filter((entry) => !isRight(entry))) {
        context.addIssue({ code: 'custom', message: `${wrong}: ${quote(entry)}` })
      }
    })
}

/** A proxy's URL; as with curl, `host:port` alone means `http://`. */
function proxyUrl() {
  return z
    .string()
    .trim()
    .transform((text) => (text.includes('://') ? text : `http://${text}`))
    .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
      error: 'must be the URL of an HTTP proxy, such as http://proxy.corp:3128',
    })
    .optional()
}
