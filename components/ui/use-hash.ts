'use client'

import { useSyncExternalStore } from 'react'

/** The fragment of the address with its `#`, as links and hands change it; empty on the server. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, read, () => '')
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

function read(): string {
  return window.location.hash
}
