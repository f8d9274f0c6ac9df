'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { cn } from './cn.ts'
import { placeTooltip } from './place-tooltip.ts'

const OPEN_DELAY_MS = 250

interface TooltipProps {
  readonly content: ReactNode
  /** What is explained. It is wrapped in a span that can be focused. */
  readonly children: ReactNode
  readonly className?: string
}

/**
 * An explanation that opens on hover and focus, stays while pointed at and closes on Escape (WCAG 1.4.13). Written by
 * hand because Radix' tooltip brings a positioning engine of 15 kB to every page. Never the only place of a fact.
 */
export function Tooltip({ content, children, className }: TooltipProps) {
  const id = useId()
  const trigger = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isOpen, setOpen] = useState(false)
  const after = (ms: number, open: boolean) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(open), ms)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!isOpen) return
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [isOpen])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only reveals what focus reveals as well
    <span
      ref={trigger}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard
      tabIndex={0}
      aria-describedby={isOpen ? id : undefined}
      onPointerEnter={() => after(OPEN_DELAY_MS, true)}
      onPointerLeave={() => after(OPEN_DELAY_MS, false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      className={cn('rounded-mark', className)}
    >
      {children}
      {isOpen &&
        createPortal(
          <span
            id={id}
            role="tooltip"
            ref={(bubble) => {
              if (bubble && trigger.current) placeTooltip(bubble, trigger.current)
            }}
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={() => after(0, false)}
            className="fixed z-50 max-w-80 rounded-control border border-line bg-surface px-2.5 py-1.5 text-note text-ink shadow-float"
          >
            {content}
          </span>,
          document.body,
        )}
    </span>
  )
}
