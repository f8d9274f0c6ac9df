'use client'

import { useCallback, useEffect, useState } from 'react'
import { fileHash, pathOfHash } from './file-hash.ts'

/** The path that the address leads to, and which paths are open; opening one puts it into the address. */
export function useHashPath(): {
  readonly target: string | undefined
  readonly open: ReadonlySet<string>
  readonly toggle: (path: string) => void
} {
  const [target, setTarget] = useState<string>()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const read = () => {
      const path = pathOfHash(window.location.hash)
      setTarget(path)
      if (path !== undefined) setOpen((was) => new Set(was).add(path))
    }
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  const toggle = useCallback((path: string) => {
    setOpen((was) => {
      const next = new Set(was)
      if (!next.delete(path)) next.add(path)
      return next
    })
    // Written without a jump: whoever clicks a row is there already.
    const isLeft = pathOfHash(window.location.hash) === path
    const { pathname, search } = window.location
    window.history.replaceState(null, '', `${pathname}${search}${isLeft ? '' : fileHash(path)}`)
  }, [])
  return { target, open, toggle }
}
