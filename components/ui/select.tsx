import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** The browser's own select, as high as a button, with the chevron that all of ours have. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative block min-w-0', className)}>
      <select
        {...props}
        className={cn(
          'h-[34px] w-full min-w-0 cursor-pointer appearance-none truncate rounded-control border border-line bg-surface pr-8 pl-2.5 transition-colors',
          'hover:border-line-strong focus:border-accent max-sm:text-lead [&_option]:bg-surface [&_option]:text-ink',
        )}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
