/** The row that a key moves to from `from` in a table of `count` rows of which `page` are in view; none for others. */
export function rowForKey(key: string, from: number, count: number, page: number): number | undefined {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, from + 1)
    case 'ArrowUp':
      return Math.max(0, from - 1)
    case 'PageDown':
      return Math.min(last, from + page)
    case 'PageUp':
      return Math.max(0, from - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** The column that a key moves to from `from` among `count`; none for other keys. */
export function columnForKey(key: string, from: number, count: number): number | undefined {
  if (key === 'ArrowLeft') return Math.max(0, from - 1)
  if (key === 'ArrowRight') return Math.min(count - 1, from + 1)
  return key === 'Home' || key === 'End' ? rowForKey(key, from, count, 1) : undefined
}
