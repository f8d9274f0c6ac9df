import { formatCount } from '#components/ui/plural.ts'
import { visibleText } from './visible-text.ts'

interface ForeignTextProps {
  readonly text: string
  /** Longer text is cut, and says so. */
  readonly maxLength?: number
  readonly className?: string
}

/**
 * Text that somebody else wrote: set apart from the direction of its surroundings, with every character that would hide
 * or reorder something drawn as its code point.
 */
export function ForeignText({ text, maxLength, className }: ForeignTextProps) {
  const { pieces, omitted } = visibleText(text, maxLength)
  return (
    <bdi className={className}>
      {pieces.map((piece, at) =>
        piece.kind === 'plain' ? (
          piece.text
        ) : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
            key={at}
            title="A character that cannot be seen"
            className="mx-px rounded-[3px] bg-warn-soft px-0.5 text-[0.85em] text-warn"
          >
            {piece.name}
          </span>
        ),
      )}
      {omitted > 0 && (
        <span className="font-sans text-muted text-note">
          {' '}
          … {formatCount(omitted)} more characters; the API has them all
        </span>
      )}
    </bdi>
  )
}
