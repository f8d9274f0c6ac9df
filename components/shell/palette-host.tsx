'use client'

import { Command } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))

/** Owns the keys that work everywhere (`/`, ⌘K, Ctrl-K) and loads the palette on its first use. */
export function PaletteHost() {
  const [isWanted, setWanted] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const open = () => {
    setWanted(true)
    setOpen(true)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey) {
        event.preventDefault()
        setWanted(true)
        setOpen((was) => !was)
      } else if (event.key === '/' && !hasModifier(event) && !isTyping(event.target)) {
        const field = document.querySelector<HTMLInputElement>('[data-goto-field]')
        if (!field) return
        event.preventDefault()
        field.focus()
        field.select()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Command palette"
        aria-keyshortcuts="Meta+K Control+K"
        aria-haspopup="dialog"
        title="Command palette (⌘K or Ctrl K)"
        onClick={open}
      >
        <Command aria-hidden="true" className="size-4" />
      </Button>
      {isWanted && (
        <Suspense>
          <Palette open={isOpen} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  )
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.metaKey || event.ctrlKey || event.altKey
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}
