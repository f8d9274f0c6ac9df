const NUMBER = new Intl.NumberFormat('en')

/** A whole number with thousands separated: `20,000`. */
export function formatCount(count: number): string {
  return NUMBER.format(count)
}

/** A count with its noun: `1 tag`, `1,000 tags`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`
}

/** How much of a list is shown: `12 of 214 packages`, or `214 packages` where that is all. */
export function shownOf(shown: number, total: number, one: string, many?: string): string {
  const all = plural(total, one, many)
  return shown < total ? `${formatCount(shown)} of ${all}` : all
}
