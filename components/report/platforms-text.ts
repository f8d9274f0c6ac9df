/** More are counted. */
const NAMED_MAX = 6

/** Platforms in a line; many are counted. */
export function platformsText(platforms: readonly string[]): string {
  const more = platforms.length - NAMED_MAX
  return `${platforms.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
