'use client'

import { usePathname } from 'next/navigation'
import { GotoField } from './goto-field.tsx'

/** The field in the header; the home page has its own, larger one. */
export function HeaderSearch() {
  return usePathname() === '/' ? <span className="flex-1" /> : <GotoField look="bar" />
}
