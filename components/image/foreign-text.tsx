import { Fragment } from 'react'
import { formatCount } from '#components/ui/plural.ts'
import { type TextPiece, visibleText } from './visible-text.ts'

/** Longer text is left to break anywhere. */
const BROKEN_MAX_LENGTH = 1_000

interface ForeignTextProps {
  readonly text: string
  /** Longer text is cut, and says so. */
  readonly maxLength?: number
  /** Lets lines break between the parts of a list, such as a PATH. Not for text on one line: `wbr` breaks that, too. */
  readonly softBreaks?: boolean
  readonly className?: string
}

/**
 * Text that somebody else wrote: set apart from the direction of its surroundings, with every character that would hide
 * or reorder something drawn as its code point.
 */
export function ForeignText({ text, maxLength, softBreaks = false, className }: ForeignTextProps) {
  const { pieces, omitted } = visibleText(text, maxLength)
  return (
    <bdi className={className}>
      {pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
        <Piece key={at} piece={piece} softBreaks={softBreaks} />
      ))}
      {omitted > 0 && (
        <span className="font-sans text-muted text-note">
          {' '}
          … {formatCount(omitted)} more characters; the API has them all
        </span>
      )}
    </bdi>
  )
}

function Piece({ piece, softBreaks }: { piece: TextPiece; softBreaks: boolean }) {
  if (piece.kind === 'plain') return softBreaks ? <SoftBreaks text={piece.text} /> : piece.text
  return (
    <span
      title="A character that cannot be seen"
      className="mx-px rounded-[3px] bg-warn-soft px-0.5 text-[0.85em] text-warn"
    >
      {piece.name}
    </span>
  )
}

function SoftBreaks({ text }: { text: string }) {
  const parts = text.length > BROKEN_MAX_LENGTH ? [text] : text.split(/(?<=[:,;])(?!\/\/|\s)/)
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
