import type { LayerNoteCode } from './layer-facts.ts'

const TEXTS: Readonly<Record<LayerNoteCode, string>> = {
  path_escapes: 'leads out of the image; taken as if it began at the root',
  parent_not_directory: 'lies below something that is no folder; left out',
  hard_link_broken: 'is another name of a file that is not there',
  whiteout_invalid: 'is a whiteout that names nothing; left out',
  entry_unknown: 'is of a kind that nobody knows; left out',
  sparse_not_hashed: 'is a sparse file too large to be hashed; listed without its content',
}

/** What is odd about an entry of a layer, after its path; of a code that this Archway does not know, the code. */
export function layerNoteText(code: string): string {
  return Object.hasOwn(TEXTS, code) ? TEXTS[code as LayerNoteCode] : code
}
