/** Id of the part of the page that shows the selected platform. */
export const DETAILS_ID = 'platform'

/** Below this share of the window's height, details that opened would hardly be seen. */
const SEEN_SHARE = 0.6

/** Brings the details into view after a click that changed them, unless enough of them is in view already. */
export function showDetails(): void {
  const details = document.getElementById(DETAILS_ID)
  if (details && details.getBoundingClientRect().top > window.innerHeight * SEEN_SHARE) {
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    details.scrollIntoView({ behavior: isCalm ? 'auto' : 'smooth', block: 'start' })
  }
}
