import type { FileTextDto } from '#lib/api/diff-file.ts'

/** Two texts that were compared line by line. */
export type UnifiedText = Extract<FileTextDto, { kind: 'unified' }>

/** A line of a unified diff as it is drawn. Numbers count from 1, on the side that has the line. */
export type UnifiedRow =
  | {
      readonly kind: 'same' | 'removed' | 'added'
      readonly from?: number
      readonly to?: number
      readonly text: string
    }
  /** Equal lines that are folded away. */
  | { readonly kind: 'gap'; readonly count: number }
  /** The line above has no line feed at its end. */
  | { readonly kind: 'no-line-feed' }

/** The rows of a unified diff, with what is folded away before, between and after its hunks. */
export function unifiedRows({ hunks, fromLines, omittedLines }: UnifiedText): UnifiedRow[] {
  const rows: UnifiedRow[] = []
  let next = 1
  for (const hunk of hunks) {
    let from = hunk.fromCount === 0 ? hunk.fromStart + 1 : hunk.fromStart
    let to = hunk.toCount === 0 ? hunk.toStart + 1 : hunk.toStart
    if (from > next) rows.push({ kind: 'gap', count: from - next })
    for (const line of hunk.lines) {
      const text = line.slice(1)
      if (line.startsWith(' ')) rows.push({ kind: 'same', from: from++, to: to++, text })
      else if (line.startsWith('-')) rows.push({ kind: 'removed', from: from++, text })
      else if (line.startsWith('+')) rows.push({ kind: 'added', to: to++, text })
      else rows.push({ kind: 'no-line-feed' })
    }
    next = from
  }
  if (omittedLines === 0 && next <= fromLines) rows.push({ kind: 'gap', count: fromLines - next + 1 })
  return rows
}
