'use client'

import { useState } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { BadgeForm } from './badge-form.tsx'

interface BadgeDialogProps {
  /** Canonical, with a tag or a digest. */
  readonly reference: string
  readonly platforms: readonly string[]
  readonly className: string
}

/** A button that opens what there is to choose and copy of an image's badge. */
export function BadgeDialog({ reference, platforms, className }: BadgeDialogProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} className={className}>
        Badge
      </button>
      <Dialog title="Badge" isOpen={isOpen} onClose={() => setOpen(false)}>
        <BadgeForm reference={reference} platforms={platforms} />
      </Dialog>
    </>
  )
}
