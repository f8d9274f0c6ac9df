import { shortDigest } from '#lib/oci/digest.ts'
import { ForeignText } from './foreign-text.tsx'

/** A reference as a heading: it breaks anywhere, and a digest in it is shortened in the middle (whole in the title). */
export function ReferenceTitle({ reference }: { reference: string }) {
  const at = reference.lastIndexOf('@')
  const digest = at < 0 ? '' : reference.slice(at + 1)
  if (!/^sha(?:256|512):[0-9a-f]{64,}$/.test(digest)) {
    return <ForeignText text={reference} maxLength={300} className="break-all" />
  }
  const algorithm = digest.slice(0, digest.indexOf(':') + 1)
  return (
    <span title={reference}>
      <ForeignText text={reference.slice(0, at)} maxLength={300} className="break-all" />
      <wbr />
      <span className="whitespace-nowrap text-muted">
        @{algorithm}
        {shortDigest(digest)}
      </span>
    </span>
  )
}
