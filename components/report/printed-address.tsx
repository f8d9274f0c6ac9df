'use client'

import { useIsAlive } from '#components/ui/use-is-alive.ts'

/** Where the printed page is from: paper has no address bar. */
export function PrintedAddress({ what = 'This report' }: { what?: string }) {
  const isAlive = useIsAlive()
  if (!isAlive) return null
  return (
    <p className="mt-5 hidden border-line border-t pt-2 text-note print:block">
      {what}: <span className="mono break-all">{window.location.href.replace(/#.*$/, '')}</span>
    </p>
  )
}
