'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { problemOf } from '#lib/client/problem-error.ts'
import { queryString } from '#lib/client/query-string.ts'
import { loadRawManifest } from './load-raw-manifest.ts'
import { RawManifestText } from './raw-manifest-text.tsx'

interface RawManifestProps {
  /** By digest where the digest is known. */
  readonly reference: string
  /** What it is the manifest of: “linux/ppc64le”, “the index”. */
  readonly of: string
}

/** The manifest itself, fetched when it is opened. The address remembers that it is open (`&raw=DIGEST`). */
export function RawManifest({ reference, of }: RawManifestProps) {
  const params = useSearchParams()
  const key = reference.split('@').at(-1) ?? reference
  const [isOpen, setOpen] = useState(params.get('raw') === key)
  const path = `/api/v1/images/manifest${queryString({ ref: reference })}`
  const query = useQuery({
    queryKey: ['manifest', reference],
    queryFn: ({ signal }) => loadRawManifest(path, signal),
    enabled: isOpen,
    staleTime: reference.includes('@') ? Number.POSITIVE_INFINITY : 0,
  })
  const toggled = (open: boolean) => {
    setOpen(open)
    const current = new URLSearchParams(window.location.search)
    if (open === (current.get('raw') === key)) return
    const { raw: _, ...rest } = Object.fromEntries(current)
    window.history.replaceState(null, '', queryString(open ? { ...rest, raw: key } : rest))
  }
  return (
    <details className="group/raw card" open={isOpen} onToggle={(event) => toggled(event.currentTarget.open)}>
      <summary className="flex items-center gap-2 px-3.5 py-2.5 -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 text-muted transition-transform group-open/raw:rotate-90"
        />
        <span>Raw manifest</span>
        <span className="text-muted text-note">of {of}, byte for byte</span>
      </summary>
      {isOpen && (
        <div className="border-line border-t p-3.5">
          {query.isPending ? (
            <div className="grid gap-2" aria-busy="true">
              <Skeleton className="h-3 w-2/3" />
              <Skeleton className="h-3 w-1/2" />
              <Skeleton className="h-3 w-3/5" />
            </div>
          ) : query.isError ? (
            <ProblemPanel
              problem={problemOf(query.error)}
              retry={
                <Button size="small" onClick={() => query.refetch()}>
                  Try again
                </Button>
              }
            />
          ) : (
            <RawManifestText manifest={query.data} of={of} href={path} />
          )}
        </div>
      )}
    </details>
  )
}
