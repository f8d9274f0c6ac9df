/** The word of a list that somebody probably meant: at most two letters are added, left out or changed. */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word) }))
    .filter(({ word, distance }) => distance <= Math.min(2, word.length - 1))
  return near.sort((a, b) => a.distance - b.distance)[0]?.word
}

/** Levenshtein's. The words of a config are short; longer ones are not compared. */
function editDistance(a: string, b: string): number {
  if (a.length > 40) return a.length
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [above, letter] of [...a].entries()) {
    const next = [above + 1]
    for (const [at, other] of [...b].entries()) {
      const changed = (row[at] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
