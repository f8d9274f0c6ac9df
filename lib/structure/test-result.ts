import type { GoPattern } from './pattern.ts'

/** How one test came out. */
export interface TestResult {
  readonly name: string
  readonly kind: 'command' | 'file-existence' | 'file-content' | 'metadata'
  readonly verdict: 'passed' | 'failed' | 'inconclusive' | 'skipped'
  /** Why not; foreign text inside. */
  readonly messages: string[]
}

/** Whether a pattern occurs in a text; undefined when the search took too long. */
export type FindPattern = (pattern: GoPattern, text: string) => boolean | undefined

/** What was found wrong, and what could not be found out. */
export class Complaints {
  readonly wrong: string[] = []
  readonly unknown: string[] = []

  /** Looks for what must occur and for what must not. `where` continues “not found in”. */
  search(
    find: FindPattern,
    text: string,
    where: string,
    expected: readonly { readonly text: string; readonly pattern: GoPattern }[],
    excluded: readonly { readonly text: string; readonly pattern: GoPattern }[],
  ): void {
    for (const { text: written, pattern } of expected) {
      const found = find(pattern, text)
      if (found === undefined) this.unknown.push(`Looking for /${written}/ in ${where} took too long.`)
      else if (!found) this.wrong.push(`/${written}/ is not in ${where}.`)
    }
    for (const { text: written, pattern } of excluded) {
      const found = find(pattern, text)
      if (found === undefined) this.unknown.push(`Looking for /${written}/ in ${where} took too long.`)
      else if (found) this.wrong.push(`/${written}/ is in ${where}, and must not be.`)
    }
  }

  /** The test’s result: what is wrong counts more than what is not known. */
  result(name: string, kind: TestResult['kind']): TestResult {
    const verdict = this.wrong.length > 0 ? 'failed' : this.unknown.length > 0 ? 'inconclusive' : 'passed'
    return { name, kind, verdict, messages: [...this.wrong, ...this.unknown] }
  }
}
