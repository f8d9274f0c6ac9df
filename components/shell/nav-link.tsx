'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'

/** The pages below each place of the main navigation. */
const PAGES = {
  '/': ['/', '/tags', '/image'],
  '/engines': ['/engines'],
} as const satisfies Record<string, readonly string[]>

/** A link of the main navigation; the place one is in stands out. */
export function NavLink({ href, children }: { href: keyof typeof PAGES; children: ReactNode }) {
  const path = usePathname()
  const isHere = (PAGES[href] as readonly string[]).includes(path)
  return (
    <Link
      href={href}
      aria-current={path === href ? 'page' : isHere ? 'true' : undefined}
      className={cn('rounded-mark', isHere ? 'font-[550]' : 'text-muted hover:text-ink')}
    >
      {children}
    </Link>
  )
}
