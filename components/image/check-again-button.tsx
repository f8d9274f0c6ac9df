'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'

/** Asks the server for this page once more. */
export function CheckAgainButton() {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  return (
    <Button disabled={isPending} onClick={() => startTransition(() => router.refresh())}>
      {isPending ? 'Asking…' : 'Try again'}
    </Button>
  )
}
