'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { ArchIcon } from './arch-icon.tsx'

/** The site's bar; on a shared report, whose reader may see nothing else here, a quiet line with the brand. */
export function HeaderChoice({ children }: { children: ReactNode }) {
  if (!usePathname().startsWith('/share/')) return children
  return (
    <header className="border-line border-b bg-surface print:hidden">
      <p className="mx-auto flex h-11 max-w-[1180px] items-center gap-2 px-6 max-sm:px-3.5">
        <ArchIcon className="h-3.5 w-4" />
        <span className="font-[650] tracking-[-0.01em]">Archway</span>
        <span className="text-muted">· a shared report</span>
      </p>
    </header>
  )
}
