const WARNINGS_MAX = 20
const LENGTH_MAX = 500

/** Collects a registry's `Warning: 299 - "text"` headers, each text once, 20 at most. */
export class Warnings {
  readonly #texts = new Set<string>()

  /** What was seen, oldest first. */
  get texts(): readonly string[] {
    return [...this.#texts]
  }

  /** Takes note of an answer's `Warning` headers; other codes and malformed ones are left aside. */
  observe(header: string | readonly string[] | undefined): void {
    if (header === undefined) return
    for (const line of typeof header === 'string' ? [header] : header) {
      for (const text of parseWarnings(line)) {
        if (this.#texts.size < WARNINGS_MAX) this.#texts.add(text)
      }
    }
  }
}

/** The texts of the 299 warnings in one header line. https://github.com/opencontainers/distribution-spec, “Warnings” */
export function parseWarnings(line: string): string[] {
  const found: string[] = []
  for (const match of line.matchAll(/(?:^|,)\s*299\s+[^\s"]+\s+"((?:[^"\\]|\\.)*)"/g)) {
    const text = (match[1] ?? '')
      .replace(/\\(.)/g, '$1')
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
    if (text !== '') found.push(text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text)
  }
  return found
}
