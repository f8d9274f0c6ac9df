import type { ImageResponse } from '#lib/api/image.ts'

/** What stands below the findings. */
export interface CheckNotes {
  /** Ids of the checks that looked, sorted. */
  readonly looked: readonly string[]
  /** What is found and accepted: id, and where, what, until when and why. */
  readonly accepted: readonly { readonly code: string; readonly text: string }[]
  /** What some could not look at: ids, and where and why. */
  readonly gaps: readonly { readonly codes: readonly string[]; readonly text: string }[]
}

/** Platforms named in one note; more are counted. */
const MAX_PLATFORMS = 6

/** Which checks looked and which could not, in words. */
export function checkNotes({
  checked = [],
  unjudged = [],
  accepted = [],
}: Pick<ImageResponse, 'checked' | 'unjudged' | 'accepted'>): CheckNotes {
  return {
    accepted: accepted.map(({ code, platform, message, reason, expires }) => ({
      code,
      text: `${platform === undefined ? '' : `${platform}: `}${message} Until ${expires}: ${reason}`,
    })),
    looked: [...checked].sort(),
    gaps: unjudged.map(({ codes, platforms, message }) => ({
      codes,
      text: `${where(platforms)}${message}.`,
    })),
  }
}

function where(platforms: readonly string[]): string {
  if (platforms.length === 0) return ''
  const more = platforms.length - MAX_PLATFORMS
  return `${platforms.slice(0, MAX_PLATFORMS).join(', ')}${more > 0 ? ` and ${more} more` : ''}: `
}
