import { formatReference, parseReference } from '#lib/oci/reference.ts'

/** What a badge on a report is of: the tag that it was asked for, else the digest. */
export function badgeReference(reference: string): string {
  const { repository, tag, digest } = parseReference(reference)
  return tag === undefined || digest === undefined ? reference : formatReference({ repository, tag })
}
