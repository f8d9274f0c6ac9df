import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** A choice among a few, as the browser draws it. */
export function SelectInput({ className, ...props }: ComponentProps<'select'>) {
  return (
    <select
      {...props}
      className={cn(
        'h-[34px] w-full min-w-0 rounded-control border border-line bg-surface px-2 transition-colors',
        'hover:border-line-strong focus:border-accent sm:max-w-[360px] max-sm:text-lead',
        className,
      )}
    />
  )
}
