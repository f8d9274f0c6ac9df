import { Fragment } from 'react'
import { shortDigest } from '#lib/oci/digest.ts'
import { ForeignText } from './foreign-text.tsx'

const SHOWN_MAX_LENGTH = 400

/**
 * A reference as a heading. It breaks after a slash and before tag and digest, and only then anywhere; a digest in it is
 * shortened in the middle (whole in the title).
 */
export function ReferenceTitle({ reference }: { reference: string }) {
  const at = reference.lastIndexOf('@')
  const digest = at < 0 ? '' : reference.slice(at + 1)
  const isPinned = /^sha(?:256|512):[0-9a-f]{64,}$/.test(digest)
  const name = isPinned ? reference.slice(0, at) : reference.slice(0, SHOWN_MAX_LENGTH)
  return (
    <span title={isPinned ? reference : undefined} className="break-words">
      {name.split(/(?<=\/)|(?=[:@])/).map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name have no identity but their place
        <Fragment key={place}>
          {place > 0 && <wbr />}
          <ForeignText text={part} />
        </Fragment>
      ))}
      {isPinned && (
        <>
          <wbr />
          <span className="whitespace-nowrap text-muted">
            @{digest.slice(0, digest.indexOf(':') + 1)}
            {shortDigest(digest)}
          </span>
        </>
      )}
      {name.length < reference.length && !isPinned && '…'}
    </span>
  )
}
