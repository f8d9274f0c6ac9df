import { Fragment, type ReactNode } from 'react'
import { ToneIcon } from '#components/ui/tone-icon.tsx'

/** A quiet line on what was accepted or not judged. */
export function CheckNote({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-1.5">
      <ToneIcon tone="skip" className="mt-[3px] size-3 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}

/** Ids of checks, none of them broken in two. */
export function CheckCodes({ codes }: { codes: readonly string[] }) {
  return codes.map((code, at) => (
    <Fragment key={code}>
      {at > 0 && ', '}
      <span className="mono whitespace-nowrap">{code}</span>
    </Fragment>
  ))
}
