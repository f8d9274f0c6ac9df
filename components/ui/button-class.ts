import { cn } from './cn.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost'
export type ButtonSize = 'medium' | 'small' | 'icon'

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-ink bg-ink text-page hover:opacity-90',
  secondary: 'border-line bg-surface text-ink hover:border-line-strong hover:bg-sunken',
  ghost: 'border-transparent text-muted hover:bg-sunken hover:text-ink',
}

const SIZES: Readonly<Record<ButtonSize, string>> = {
  medium: 'h-[34px] px-3',
  small: 'h-7 px-2.5 text-note',
  icon: 'size-7 text-note',
}

/** The classes of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return cn(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border font-[550] whitespace-nowrap',
    'no-underline transition-colors disabled:pointer-events-none disabled:opacity-50',
    VARIANTS[variant],
    SIZES[size],
  )
}
