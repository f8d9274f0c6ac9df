import { styleText } from 'node:util'
import type { Verdict } from '#lib/report/verdict.ts'

const STYLES = { passed: 'green', failed: 'red', inconclusive: 'yellow', skipped: 'gray' } as const

/** A word in its verdict's colour, where the stream is a terminal that wants colour. Blue: it goes on. */
export function verdictWord(word: string, verdict: Verdict | undefined, stream: NodeJS.WriteStream): string {
  return styleText(verdict ? STYLES[verdict] : 'blue', word, { stream })
}
