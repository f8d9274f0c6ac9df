const NUMBER = new Intl.NumberFormat('en')

/** A whole number with thousands separated: `20,000`. */
export function formatCount(count: number): string {
  return NUMBER.format(count)
}

/** A count with its noun: `1 tag`, `1,000 tags`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`
}
