import { ChevronRight } from 'lucide-react'

/** For whoever has never seen Archway: what was done, and what a report proves and what it does not. */
export function WhatIsThis({ isShared }: { isShared: boolean }) {
  return (
    <details open={isShared} className="group/what mt-3 print:break-inside-avoid">
      <summary className="inline-flex items-center gap-1 rounded-mark text-muted hover:text-ink print:font-semibold print:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 transition-transform group-open/what:rotate-90 print:hidden"
        />
        What is this?
      </summary>
      <div className="mt-2 grid max-w-[110ch] gap-x-8 gap-y-2.5 sm:grid-cols-2">
        <p>
          A container image can hold one variant for each kind of machine. Archway checked that each variant
          is what its label says. It <strong className="font-[580]">pulled</strong> each one by its digest,
          the fingerprint of its exact content; <strong className="font-[580]">compared</strong> the platform
          that the index, the image’s own config and the header of the binary that starts name; and{' '}
          <strong className="font-[580]">ran</strong> it in a sandbox, to see whether it did what was asked.
        </p>
        <p>
          <strong className="font-[580]">It does not prove</strong> that the software works in every respect,
          nor anything of binaries that do not run at the start. “Emulated” means that another kind of machine
          imitated the right one: that finds wrong binaries and missing parts, but hides some faults of real
          machines and invents others. Where an emulator may be to blame, the verdict is inconclusive, not
          failed. Nothing here says that the software is safe.
        </p>
      </div>
    </details>
  )
}
