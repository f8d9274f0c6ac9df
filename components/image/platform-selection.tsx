'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { queryString } from '#lib/client/query-string.ts'

/** Which platform's details are open, and how to open another. */
interface PlatformSelectionValue {
  readonly selected: string | undefined
  select(id: string): void
  hrefOf(id: string): string
}

const PlatformSelectionContext = createContext<PlatformSelectionValue | undefined>(undefined)

interface PlatformSelectionProps {
  /** The row the server chose for this address. */
  readonly initial: string | undefined
  /** Rows whose details are on this page already; any other row is asked of the server. */
  readonly loaded: readonly string[]
  readonly children: ReactNode
}

/** Keeps the selected platform in the address (`&platform=`), without asking the server for what is already here. */
export function PlatformSelection({ initial, loaded, children }: PlatformSelectionProps) {
  const router = useRouter()
  const params = useSearchParams()
  const value = useMemo((): PlatformSelectionValue => {
    const asked = params.get('platform')
    const hrefOf = (id: string) => queryString({ ...Object.fromEntries(params), platform: id })
    return {
      selected: asked !== null && loaded.includes(asked) ? asked : initial,
      hrefOf,
      select(id) {
        if (loaded.includes(id)) window.history.replaceState(null, '', hrefOf(id))
        else router.replace(hrefOf(id), { scroll: false })
      },
    }
  }, [params, initial, loaded, router])
  return <PlatformSelectionContext value={value}>{children}</PlatformSelectionContext>
}

/** The selection of the `PlatformSelection` around. */
export function usePlatformSelection(): PlatformSelectionValue {
  const value = use(PlatformSelectionContext)
  if (!value) throw new TypeError('usePlatformSelection needs a PlatformSelection around it')
  return value
}
