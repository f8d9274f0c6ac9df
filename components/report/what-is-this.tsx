import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** For whoever has never seen Archway: what was done, what its words mean, and what a report proves and what it does not. */
export function WhatIsThis({ isShared }: { isShared: boolean }) {
  return (
    <details open={isShared} className="group/what mt-3 print:break-inside-avoid">
      <summary className="hit inline-flex items-center gap-1 rounded-mark text-muted hover:text-ink print:font-semibold print:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 transition-transform group-open/what:rotate-90 print:hidden"
        />
        What is this?
      </summary>
      <div className="card mt-2 px-[18px] py-4 print:px-3 print:py-2">
        <p className="max-w-[90ch]">
          A container image can hold one variant for each kind of machine. Archway asked four witnesses
          whether each variant is what its label says, the last of them by running it in a sandbox.
        </p>
        <dl className="mt-3 grid grid-cols-2 gap-x-8 gap-y-2.5 max-sm:grid-cols-1 lg:grid-cols-4 print:grid-cols-4 print:gap-x-4">
          <Word name="Index says">what the image’s table of contents promises; clients choose by it</Word>
          <Word name="Config says">what the variant says of itself</Word>
          <Word name="Binaries are">what its programs really are, by their own headers</Word>
          <Word name="It ran">what happened when it was started</Word>
        </dl>
        <dl className="mt-3 grid grid-cols-2 gap-x-8 gap-y-2.5 border-line border-t pt-3 max-sm:grid-cols-1 lg:grid-cols-4 print:grid-cols-4 print:gap-x-4">
          <Word name="Pinned">
            about these exact bytes, by their fingerprint (digest): a tag may move, this report does not
          </Word>
          <Word name="Native, emulated">
            run on a machine of this architecture, or on another that imitated it, which hides some faults of
            real machines and invents others
          </Word>
          <Word name="Inconclusive, skipped">
            the machine, the emulator or the registry failed, not the image; or nothing here could run it.
            Neither is a pass
          </Word>
          <Word name="It does not prove">
            that the software works in every respect, nor that it is safe; where a check did not look, nothing
            is known
          </Word>
        </dl>
      </div>
    </details>
  )
}

function Word({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-[580]">{name}</dt>
      <dd className="text-muted text-note">{children}</dd>
    </div>
  )
}
