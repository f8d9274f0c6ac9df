'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

/** How far an element is from the top of the page, in pixels; kept true while what is above it grows and shrinks. */
export function usePageTop(element: RefObject<HTMLElement | null>): number {
  const [topPx, setTopPx] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current) setTopPx(Math.round(element.current.getBoundingClientRect().top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (let above = element.current?.parentElement; above; above = above.parentElement)
      observer.observe(above)
    return () => observer.disconnect()
  }, [element])
  return topPx
}
