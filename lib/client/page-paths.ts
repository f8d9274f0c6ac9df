import type { DiffSides } from './diff-queries.ts'
import { queryString } from './query-string.ts'

/** The page of a repository's tags. */
export function repositoryPath(repository: string): string {
  return `/tags${queryString({ repository })}`
}

/** The page of an image: `reference` with tag, digest or both. */
export function imagePath(reference: string): string {
  return `/image${queryString({ ref: reference })}`
}

/** The page of a tag of a repository. */
export function tagPath(repository: string, tag: string): string {
  return imagePath(`${repository}:${tag}`)
}

/** The page of a run: live, or over. */
export function runPath(id: string): string {
  return `/runs/${encodeURIComponent(id)}`
}

/** The page of a report, for people who may use this Archway. */
export function reportPath(id: string): string {
  return `/reports/${encodeURIComponent(id)}`
}

/** The page that compares two reports; with `to` alone, it takes the run before. */
export function comparisonPath(sides: { readonly from?: string | undefined; readonly to: string }): string {
  return `/reports/compare${queryString(sides)}`
}

/** The page of a shared report, for anyone who has the link. */
export function sharePath(token: string): string {
  return `/share/${encodeURIComponent(token)}`
}

/** The page on which a run is put together; without platforms all of the image are chosen. */
export function validatePath(reference: string, platforms?: readonly string[]): string {
  return `/validate${queryString({ ref: reference, platform: platforms })}`
}

/** The page that compares two platforms of an image, or two images. */
export function diffPath(sides: DiffSides, unfold: readonly string[] = []): string {
  return `/diff${queryString({ ...sides, unfold })}`
}

/** The page of all platforms of an image at once. */
export function matrixPath(reference: string): string {
  return `/matrix${queryString({ ref: reference })}`
}

/** The parts of the page about what is inside an image. */
export const CONTENTS_VIEWS = ['layers', 'files', 'packages', 'binaries'] as const
export type ContentsView = (typeof CONTENTS_VIEWS)[number]

/** The page of what is inside one platform of an image. */
export function contentsPath(
  reference: string,
  platform: string | undefined,
  view: ContentsView,
  path?: string,
): string {
  return `/contents${queryString({ ref: reference, platform, view, path })}`
}

/** What narrows a history. */
export interface HistoryPlace {
  readonly repository: string
  readonly tag?: string | undefined
  readonly platform?: string | undefined
}

/** The page of what runs said of a repository over time. */
export function historyPath(place: HistoryPlace): string {
  return `/history${queryString({ ...place })}`
}
