/** A line of a text, counted from 1, on the side that has it. */
export interface TextLine {
  readonly side: 'from' | 'to'
  readonly number: number
}

const FILE_HASH = '#file-'
const SIDE_LETTERS = { from: 'L', to: 'R' } as const
/** A colon of a path is encoded: this one is none. */
const LINE = /:([LR])([1-9]\d{0,8})$/

/** Fragment of an address that leads to one file, or to one line of its text. */
export function fileHash(path: string, line?: TextLine): string {
  const end = line === undefined ? '' : `:${SIDE_LETTERS[line.side]}${line.number}`
  return `${FILE_HASH}${encodeURIComponent(path).replaceAll('%2F', '/')}${end}`
}

/** The path that a fragment leads to, if it is one of a file. */
export function pathOfHash(hash: string): string | undefined {
  if (!hash.startsWith(FILE_HASH)) return undefined
  try {
    return decodeURIComponent(hash.slice(FILE_HASH.length).replace(LINE, ''))
  } catch {
    return undefined
  }
}

/** The line that a fragment leads to, if it names one. */
export function textLineOfHash(hash: string): TextLine | undefined {
  const [, letter, number] = (hash.startsWith(FILE_HASH) && LINE.exec(hash)) || []
  if (number === undefined) return undefined
  return { side: letter === 'L' ? 'from' : 'to', number: Number(number) }
}
