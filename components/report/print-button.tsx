'use client'

import { Printer } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'

/** Prints the page with every fold open, in browsers that cannot open folds by a style sheet, too. */
export function PrintButton() {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = []
    const open = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
      for (const fold of opened) fold.open = true
    }
    const restore = () => {
      for (const fold of opened) fold.open = false
      opened = []
    }
    window.addEventListener('beforeprint', open)
    window.addEventListener('afterprint', restore)
    return () => {
      window.removeEventListener('beforeprint', open)
      window.removeEventListener('afterprint', restore)
    }
  }, [])
  return (
    <Button onClick={() => window.print()} className="scripted print:hidden">
      <Printer aria-hidden="true" className="size-3.5 text-muted" />
      Print
    </Button>
  )
}
