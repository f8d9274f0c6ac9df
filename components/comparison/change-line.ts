import type { Truth } from '#components/report/truth-cell-model.ts'

/** What one report says; without `href` there is nothing to go to. */
export interface SideCell extends Truth {
  readonly href?: string
}

/** Where changes are told: what the policy accepts, and what nobody looked at, are neither better nor worse. */
export const GROUPS = ['worse', 'better', 'unclear', 'other', 'accepted'] as const
export type ChangeGroup = (typeof GROUPS)[number]

/** One thing that differs, with both values. */
export interface ChangeLine {
  readonly group: ChangeGroup
  /** Absent for the image as a whole. */
  readonly platform?: string
  /** `Binaries are`, a test's or a finding's name. */
  readonly what: string
  /** Of a check. */
  readonly code?: string
  readonly from: SideCell
  readonly to: SideCell
  /** A sentence on it; foreign text may be in it. */
  readonly text?: string
}
