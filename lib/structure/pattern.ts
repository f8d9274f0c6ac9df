/** A regular expression as Go writes it, as far as JavaScript means the same by it. */
export interface GoPattern {
  readonly source: string
  readonly flags: string
}

/** Of the whole of a subject, wherever lines end. */
const ANCHORS: Readonly<Record<string, string>> = { A: '(?<![\\s\\S])', z: '(?![\\s\\S])' }

/**
 * Translates a pattern of Go’s `regexp`: flags at its start, named groups, and the anchors `\A` and `\z`. Answers why,
 * where JavaScript would read something else. https://pkg.go.dev/regexp/syntax
 */
export function readGoPattern(text: string): GoPattern | string {
  const opening = /^\(\?([a-zA-Z]+)\)/.exec(text)
  const given = opening?.[1] ?? ''
  if (/[^ims]/.test(given)) return `the flags (?${given}) are not understood`
  const rest = text.slice(opening?.[0].length ?? 0)
  if (/\(\?[a-zA-Z-]+\)/.test(rest)) return 'flags are understood at its start only'
  if (/\[\[:\^?[a-z]+:\]/.test(rest)) return 'classes such as [[:alpha:]] are not understood; write [A-Za-z]'
  if (/(?<!\\)(?:\\\\)*\\[QECp]/i.test(rest)) {
    const met = /(?<!\\)(?:\\\\)*\\([QECpP])/.exec(rest)?.[1]
    if (met !== undefined) return `\\${met} is not understood`
  }
  const source = rest
    .replace(/\(\?P</g, '(?<')
    .replace(/\\([\s\S])/g, (whole, character: string) => ANCHORS[character] ?? whole)
  const flags = [...new Set(given)].join('')
  try {
    new RegExp(source, flags)
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'it is none'
  }
  return { source, flags }
}
