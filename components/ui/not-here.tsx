import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from './button-class.ts'
import { cn } from './cn.ts'

interface NotHereProps {
  readonly title: string
  /** Why that may be, and what to do. */
  readonly children: ReactNode
  /** Where to go on; absent for those who may see nothing else. */
  readonly way?: { readonly href: string; readonly name: string }
}

/** The page of an address at which there is nothing. */
export function NotHere({ title, children, way }: NotHereProps) {
  return (
    <div className="mx-auto max-w-lg py-16 text-center">
      <p className="mono text-muted">404</p>
      <h1 className="mt-2 text-balance font-[620] text-title tracking-[-0.015em]">{title}</h1>
      <p className="mt-2 text-pretty text-muted">{children}</p>
      {way && (
        <Link href={way.href} className={cn(buttonClass(), 'mt-6')}>
          {way.name}
        </Link>
      )}
    </div>
  )
}
