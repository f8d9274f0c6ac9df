'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'

/** Everything below Images today: the lists of tags and the images themselves. */
const IMAGE_PAGES = new Set(['/', '/tags', '/image'])

/** A link of the main navigation; the place one is in stands out. */
export function NavLink({ href, children }: { href: '/'; children: ReactNode }) {
  const path = usePathname()
  const isHere = IMAGE_PAGES.has(path)
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
