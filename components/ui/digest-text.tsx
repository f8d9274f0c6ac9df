'use client'

import { shortDigest } from '#lib/oci/digest.ts'
import { cn } from './cn.ts'
import { CopyButton } from './copy-button.tsx'

interface DigestTextProps {
  readonly digest: string
  /** What the digest belongs to, for the copy button's name: “index of 1.27.0”. */
  readonly of?: string
  /** Shows `sha256:` before the shortened hex. */
  readonly algorithm?: boolean
  /** `hover` shows the copy button when its `group/digest` (or a row that is a `group/row`) is pointed at. */
  readonly copy?: 'always' | 'hover' | 'none'
  /** False takes the copy button out of the Tab order, in rows that are moved between by arrow keys. */
  readonly tabStop?: boolean
  readonly className?: string
}

/** A digest, shortened in the middle; the whole of it in the title, on the clipboard, and when the text is copied. */
export function DigestText(props: DigestTextProps) {
  const { digest, of, algorithm = false, copy = 'hover', tabStop = true, className } = props
  const prefix = algorithm ? digest.slice(0, digest.indexOf(':') + 1) : ''
  return (
    <span className={cn('group/digest inline-flex items-center gap-0.5', className)}>
      <span
        className="mono whitespace-nowrap text-muted"
        title={digest}
        onCopy={(event) => {
          event.clipboardData.setData('text/plain', digest)
          event.preventDefault()
        }}
      >
        {prefix}
        {shortDigest(digest)}
      </span>
      {copy !== 'none' && (
        <CopyButton
          text={digest}
          tabStop={tabStop}
          label={of === undefined ? 'Copy digest' : `Copy digest of ${of}`}
          className={cn(
            copy === 'hover' &&
              'opacity-0 group-hover/digest:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
          )}
        />
      )}
    </span>
  )
}
