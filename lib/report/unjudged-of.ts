import type { Report } from './model.ts'

type Unjudged = NonNullable<Report['unjudged']>[number]

/**
 * Everything in a report that checks could not look at, of the image and of its platforms: what several platforms
 * share for one reason is told once.
 */
export function unjudgedOf<T extends Unjudged>(report: {
  readonly unjudged?: readonly T[] | undefined
  readonly jobs: readonly { readonly unjudged?: readonly T[] | undefined }[]
}): T[] {
  const all = [...(report.unjudged ?? []), ...report.jobs.flatMap((job) => job.unjudged ?? [])]
  const alike = Map.groupBy(all, ({ codes, reason, what }) =>
    JSON.stringify([codes.toSorted(), reason, what]),
  )
  return [...alike.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    return [{ ...first, platforms: [...new Set(same.flatMap(({ platforms }) => platforms))] }]
  })
}

/** The checks that looked into the layers, of one platform at least, in order. */
export function checkedOf(report: {
  readonly checked?: readonly string[] | undefined
  readonly jobs: readonly { readonly checked?: readonly string[] | undefined }[]
}): string[] {
  return [
    ...new Set([...(report.checked ?? []), ...report.jobs.flatMap((job) => job.checked ?? [])]),
  ].toSorted()
}
