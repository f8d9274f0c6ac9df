import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

interface SelectChipProps extends ComponentProps<'select'> {
  /** What is chosen, for people who cannot see the place. */
  readonly label: string
  /** Stands out as a filter that is on. */
  readonly on?: boolean
}

/** The browser's own select in the shape of a chip: every keyboard, every phone, no script. */
export function SelectChip({ label, on = false, className, children, ...props }: SelectChipProps) {
  return (
    <span className={cn('relative inline-flex max-w-full', on ? 'text-accent' : 'text-ink', className)}>
      <select
        {...props}
        aria-label={label}
        className={cn(
          'field-sizing-content max-w-full cursor-pointer appearance-none truncate rounded-full border py-0.5 pr-7 pl-2.5 transition-colors [&_optgroup]:bg-surface [&_optgroup]:text-ink [&_option]:bg-surface [&_option]:text-ink',
          on ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:border-line-strong',
        )}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 opacity-70"
      />
    </span>
  )
}
