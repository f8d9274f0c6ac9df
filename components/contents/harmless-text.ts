import { visibleText } from '#components/image/visible-text.ts'

/** Foreign text as one piece: every character that would hide or reorder something is written as `<U+202E>`. */
export function harmlessText(text: string, maxLength = text.length): string {
  return visibleText(text, maxLength)
    .pieces.map((piece) => (piece.kind === 'plain' ? piece.text : `<${piece.name}>`))
    .join('')
}
