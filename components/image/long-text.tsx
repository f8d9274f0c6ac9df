import { formatCount } from '#components/ui/plural.ts'
import { cutText } from './cut-text.ts'
import { ForeignText } from './foreign-text.tsx'

/** A value longer than this is folded. */
const FOLDED_ABOVE = 480
const PREVIEW_LENGTH = 240

/** Foreign text that is folded to its beginning when it is long. */
export function LongText({ text }: { text: string }) {
  if (text.length <= FOLDED_ABOVE) return <ForeignText text={text} softBreaks />
  return (
    <details className="group/long">
      <summary className="block -outline-offset-1 [&::-webkit-details-marker]:hidden">
        <span className="group-open/long:hidden">
          <ForeignText text={`${cutText(text, PREVIEW_LENGTH)}…`} softBreaks />{' '}
        </span>
        <span className="font-sans text-accent text-note hover:underline">
          <span className="group-open/long:hidden">all {formatCount(text.length)} characters</span>
          <span className="hidden group-open/long:inline">less</span>
        </span>
      </summary>
      <ForeignText text={text} softBreaks />
    </details>
  )
}
