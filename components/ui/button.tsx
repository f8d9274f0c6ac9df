import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts'
import { cn } from './cn.ts'

interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant
  readonly size?: ButtonSize
}

/** A button; `type` is `button` unless said otherwise. With `size="icon"` give it an `aria-label`. */
export function Button({ variant, size, className, type = 'button', ...props }: ButtonProps) {
  return <button {...props} type={type} className={cn(buttonClass(variant, size), className)} />
}
