'use client'

import { X } from 'lucide-react'
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'

interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The browser's own modal dialog: it keeps the focus, closes on Escape and on a click beside it. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) element.current?.showModal()
    else element.current?.close()
  }, [isOpen])
  const closeOutside = (event: MouseEvent) => {
    if (event.target === element.current) onClose()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser
    <dialog
      ref={element}
      aria-labelledby={id}
      onClose={onClose}
      onClick={closeOutside}
      className="m-auto w-[34rem] max-w-[calc(100vw-1.75rem)] rounded-card border border-line bg-surface p-0 text-body text-ink shadow-float backdrop:bg-[rgb(0_0_0/0.45)]"
    >
      {isOpen && (
        <div className="px-5 pt-4 pb-5">
          <div className="mb-2.5 flex items-center justify-between gap-4">
            <h2 id={id} className="font-[620] text-lead">
              {title}
            </h2>
            <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
              <X aria-hidden="true" className="size-4" />
            </Button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  )
}
