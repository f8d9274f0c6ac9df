import type { FindingDto } from '#lib/api/parts.ts'

/** Findings of one check, told together. */
export interface FindingGroup {
  readonly code: string
  readonly severity: FindingDto['severity']
  readonly title: string
  readonly findings: readonly FindingDto[]
}

const RANKS: Readonly<Record<FindingDto['severity'], number>> = { error: 0, warning: 1, info: 2 }

/** Findings by check, errors first, otherwise in the order of the answer. */
export function findingGroups(findings: readonly FindingDto[]): FindingGroup[] {
  const groups = Map.groupBy(findings, ({ code, severity, title }) => JSON.stringify([code, severity, title]))
  return [...groups.values()]
    .flatMap((group): FindingGroup[] => {
      const [first] = group
      return first
        ? [{ code: first.code, severity: first.severity, title: first.title, findings: group }]
        : []
    })
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity])
}
