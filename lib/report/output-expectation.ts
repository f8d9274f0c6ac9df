import { AppError } from '#lib/errors/app-error.ts'
import { canonicalPlatform, type Platform, platformText } from '#lib/oci/platform.ts'

/** What a program is expected to write: a text that must occur, or a regular expression that must match. */
export type OutputExpectation =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }

const LIMIT_LENGTH = 10_000
const PATTERN = /^\/(.+)\/([imsu]*)$/s
const PLACEHOLDER = /\{(os|architecture|platform)\}/g

/**
 * Reads what a person writes: `Running on {platform}`, or `/^Running on linux\/\w+$/m`. `{os}`, `{architecture}` and
 * `{platform}` are filled in for each platform. Throws `request_invalid`.
 */
export function parseOutputExpectation(text: string): OutputExpectation {
  if (text.trim() === '') throw invalid('it is empty')
  if (text.length > LIMIT_LENGTH) throw invalid(`it is longer than ${LIMIT_LENGTH} characters`)
  const match = PATTERN.exec(text)
  if (!match) return { kind: 'text', text }
  const [, source = '', flags = ''] = match
  const expectation: OutputExpectation = { kind: 'pattern', source, flags }
  try {
    // With any platform filled in, so that “{os}” is not taken for a broken quantifier under the u flag.
    const filled = fillExpectation(expectation, { os: 'linux', architecture: 'amd64' })
    if (filled.kind === 'pattern') new RegExp(filled.source, filled.flags)
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'it is no regular expression', error)
  }
  return expectation
}

/** The expectation of one platform. In patterns the names are taken literally. */
export function fillExpectation(expectation: OutputExpectation, platform: Platform): OutputExpectation {
  const { os, architecture } = canonicalPlatform(platform)
  const names = { os, architecture, platform: platformText(platform) }
  const fill = (text: string, quote: (name: string) => string) =>
    text.replace(PLACEHOLDER, (_, name: keyof typeof names) => quote(names[name]))
  return expectation.kind === 'text'
    ? { kind: 'text', text: fill(expectation.text, (name) => name) }
    : {
        ...expectation,
        source: fill(expectation.source, (name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')),
      }
}

/** The expectation as a person writes it. */
export function formatExpectation(expectation: OutputExpectation): string {
  return expectation.kind === 'text' ? expectation.text : `/${expectation.source}/${expectation.flags}`
}

/** Whether a text occurs in the output. Line ends count alike, blanks at the ends of the expectation not at all. */
export function containsText(output: string, text: string): boolean {
  return unixLines(output).includes(unixLines(text).trim())
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function invalid(reason: string, cause?: unknown): AppError {
  return new AppError('request_invalid', `The expected output is not understood: ${reason}.`, {
    hint: 'Write a text that must occur, or a regular expression between slashes: /^Running on linux/m.',
    cause,
  })
}
