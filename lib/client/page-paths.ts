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
