'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { queryString } from '#lib/client/query-string.ts'

/** Browsers refuse to write the address very often; a person who types does not see the delay. */
const WRITE_AFTER_MS = 120

/** What changes in the address: an empty text takes a parameter out, a list repeats it. */
export type AddressChange = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The state of a page that lives in its address, and how to change it. A change is seen at once and stands in the
 * address a moment later, in place of what stood there; nothing is asked of the server.
 */
export function useAddress(): readonly [URLSearchParams, (change: AddressChange) => void] {
  const search = useSearchParams().toString()
  const path = usePathname()
  // `mine` is ahead of the address while a change waits to be written.
  const [state, setState] = useState({ search, mine: search, isWaiting: false })
  const latest = useRef(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The address moved by itself (back, forward, a link), or came to where it was sent.
  if (state.search !== search) setState({ ...state, search, mine: state.isWaiting ? state.mine : search })
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    latest.current = state.mine
  }, [state.mine])
  const change = (by: AddressChange) => {
    const mine = changedSearch(latest.current, by)
    latest.current = mine
    setState((was) => ({ ...was, mine, isWaiting: true }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setState((was) => ({ ...was, isWaiting: false }))
      window.history.replaceState(null, '', `${path}${mine}`)
    }, WRITE_AFTER_MS)
  }
  return [new URLSearchParams(state.mine), change]
}

/** A query string after a change, with its `?`, or nothing. */
export function changedSearch(search: string, change: AddressChange): string {
  const params = new URLSearchParams(search)
  const kept = [...new Set(params.keys())].map((name) => [name, params.getAll(name)] as const)
  return queryString({ ...Object.fromEntries(kept), ...change })
}
