'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'

/** The parts of the dashboard, and the first parts of the paths that belong to each. */
const PLACES = {
  '/': ['', 'tags', 'image'],
  '/runs': ['runs', 'reports', 'validate'],
  '/engines': ['engines'],
} as const

interface NavLinkProps {
  readonly href: keyof typeof PLACES
  readonly children: ReactNode
}

/** A link of the main navigation; the place one is in stands out. */
export function NavLink({ href, children }: NavLinkProps) {
  const path = usePathname()
  const places: readonly string[] = PLACES[href]
  const isHere = places.includes(path.split('/')[1] ?? '')
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
