import type { DiffResponse } from '#lib/api/diff.ts'

/** What the two sides are called in headings. */
export interface SideNames {
  readonly from: string
  readonly to: string
}

/** The platforms where they tell the sides apart, else the ends of the references. */
export function sideNames({ from, to }: Pick<DiffResponse, 'from' | 'to'>): SideNames {
  if (from.platform !== undefined && to.platform !== undefined && from.platform !== to.platform)
    return { from: from.platform, to: to.platform }
  const [a, b] = [shortName(from.reference), shortName(to.reference)]
  return a === b ? { from: from.reference, to: to.reference } : { from: a, to: b }
}

/** Name and tag, without registry and path; a digest shortened. */
function shortName(reference: string): string {
  const last = reference.slice(reference.lastIndexOf('/') + 1)
  return last.replace(/(@sha\d+:[0-9a-f]{12})[0-9a-f]+$/, '$1…')
}
