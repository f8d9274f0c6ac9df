const GAP_PX = 6
const MARGIN_PX = 8

/** Moves a fixed `bubble` below `trigger`, or above where there is no room, and keeps it inside the window. */
export function placeTooltip(bubble: HTMLElement, trigger: HTMLElement): void {
  const target = trigger.getBoundingClientRect()
  const own = bubble.getBoundingClientRect()
  const below = target.bottom + GAP_PX
  const top = below + own.height > window.innerHeight - MARGIN_PX ? target.top - GAP_PX - own.height : below
  const centred = target.left + target.width / 2 - own.width / 2
  const left = Math.max(MARGIN_PX, Math.min(centred, window.innerWidth - own.width - MARGIN_PX))
  bubble.style.top = `${top}px`
  bubble.style.left = `${left}px`
}
