import { formatRepository, parseReference } from '#lib/oci/reference.ts'
import { historyPath } from './page-paths.ts'
import { queryString } from './query-string.ts'

/** A badge of a tag or a digest; without a platform of the image as a whole. */
export interface BadgePlace {
  readonly ref: string
  readonly platform?: string | undefined
}

/** The ways to show a badge elsewhere. */
export interface BadgeSnippets {
  readonly markdown: string
  readonly html: string
  /** Of the SVG. */
  readonly url: string
  /** The same drawn by shields.io, in its styles; the Archway must be one that it can reach. */
  readonly shields: string
}

/** The API call for a badge. */
export function badgeCallPath({ ref, platform }: BadgePlace, format?: 'shields'): string {
  return `/api/v1/badge${quoted(queryString({ ref, platform, format }))}`
}

/** What to write where a badge of the Archway at `origin` is to be seen; it leads to the history behind it. */
export function badgeSnippets(origin: string, place: BadgePlace): BadgeSnippets {
  const { repository, tag } = parseReference(place.ref)
  const label = place.platform ?? 'multi-arch'
  const url = origin + badgeCallPath(place)
  const page =
    origin + quoted(historyPath({ repository: formatRepository(repository), tag, platform: place.platform }))
  return {
    markdown: `[![${label}](${url})](${page})`,
    html: `<a href="${attribute(page)}"><img src="${attribute(url)}" alt="${attribute(label)}"></a>`,
    url,
    shields: `https://img.shields.io/endpoint?url=${encodeURIComponent(origin + badgeCallPath(place, 'shields'))}`,
  }
}

/** Brackets and quotes would end a link in Markdown or HTML. */
function quoted(path: string): string {
  return path.replace(/[()'!*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
