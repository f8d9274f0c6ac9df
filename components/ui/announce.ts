let region: HTMLElement | undefined

/** Has a screen reader say `text` once, politely. Browser only. */
export function announce(text: string): void {
  if (!region?.isConnected) {
    region = document.createElement('div')
    region.className = 'sr-only'
    region.setAttribute('role', 'status')
    region.setAttribute('aria-live', 'polite')
    document.body.append(region)
  }
  region.textContent = ''
  const target = region
  requestAnimationFrame(() => {
    target.textContent = text
  })
}
