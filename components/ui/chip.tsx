import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

const SHAPE = 'inline-flex items-center gap-1.5 rounded-full border whitespace-nowrap'

interface ChipProps extends ComponentProps<'span'> {
  /** `small` sits beside text in a table row. */
  readonly size?: 'medium' | 'small'
}

/** A small label: an alias, a tag, a fact. */
export function Chip({ size = 'medium', className, ...props }: ChipProps) {
  return (
    <span
      {...props}
      className={cn(
        SHAPE,
        'border-line bg-surface text-muted',
        size === 'small' ? 'px-1.5 text-micro leading-[18px]' : 'px-2.5 py-0.5',
        className,
      )}
    />
  )
}

interface ToggleChipProps extends ComponentProps<'button'> {
  readonly pressed: boolean
}

/** A filter that is on or off; says so to screen readers (`aria-pressed`). */
export function ToggleChip({ pressed, className, ...props }: ToggleChipProps) {
  return (
    <button
      {...props}
      type="button"
      aria-pressed={pressed}
      className={cn(
        SHAPE,
        'px-2.5 py-0.5 transition-colors disabled:pointer-events-none disabled:opacity-50',
        pressed
          ? 'border-accent bg-accent-soft text-accent'
          : 'border-line bg-surface text-ink hover:border-line-strong',
        className,
      )}
    />
  )
}
