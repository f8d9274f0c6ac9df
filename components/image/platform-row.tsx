'use client'

import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'
import { showDetails } from './details-anchor.ts'
import { usePlatformSelection } from './platform-selection.tsx'

interface PlatformRowProps {
  readonly id: string
  readonly children: ReactNode
}

/** A row of the platforms table: a click anywhere on it opens its details. The link in it does so by keyboard. */
export function PlatformRow({ id, children }: PlatformRowProps) {
  const { selected, select } = usePlatformSelection()
  const isSelected = selected === id
  const open = (event: MouseEvent<HTMLTableRowElement>) => {
    const isOwnAction = event.target instanceof Element && event.target.closest('a, button')
    if (isOwnAction || window.getSelection()?.isCollapsed === false) return
    select(id)
    showDetails()
  }
  return (
    <tr
      onClick={open}
      data-selected={isSelected || undefined}
      className={cn(
        'group/row cursor-pointer transition-colors',
        isSelected
          ? 'bg-accent-soft/60 [&>td:first-child]:shadow-[inset_2px_0_var(--accent)] [&>th]:shadow-[inset_2px_0_var(--accent)]'
          : 'hover:bg-sunken/60',
      )}
    >
      {children}
    </tr>
  )
}

interface PlatformLinkProps {
  readonly id: string
  readonly children: ReactNode
}

/** The link of a row. Arrow keys, Home and End move the selection through the table. */
export function PlatformLink({ id, children }: PlatformLinkProps) {
  const { selected, select, hrefOf } = usePlatformSelection()
  const click = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    select(id)
    showDetails()
  }
  return (
    <a
      href={hrefOf(id)}
      data-platform-row={id}
      aria-current={selected === id ? 'true' : undefined}
      onClick={click}
      onKeyDown={moveAmongRows(select)}
      className="rounded-mark hover:underline"
    >
      {children}
    </a>
  )
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}

function moveAmongRows(select: (id: string) => void) {
  return (event: KeyboardEvent<HTMLAnchorElement>) => {
    const step = STEPS[event.key]
    const table = event.currentTarget.closest('table')
    if (!step || !table || event.metaKey || event.ctrlKey || event.altKey) return
    const links = [...table.querySelectorAll<HTMLAnchorElement>('[data-platform-row]')]
    const target = links[step(links.indexOf(event.currentTarget), links.length)]
    event.preventDefault()
    if (!target || target === event.currentTarget) return
    target.focus()
    select(target.dataset.platformRow ?? '')
  }
}
