import type { CheckCode } from '#lib/checks/info.ts'

/** Platforms that images of some repositories must have. */
export interface Requirement {
  /** Pattern, see `matchesRepository`. */
  readonly repository: string
  /** Patterns of tags; all tags when absent. */
  readonly tags?: readonly string[]
  /** Canonical texts. */
  readonly platforms: readonly string[]
}

/** A finding that somebody has decided to live with, for a time. */
export interface PolicyException {
  readonly check: CheckCode
  /** Canonical text; every platform when absent. */
  readonly platform?: string
  /** Pattern, see `matchesRepository`. */
  readonly repository: string
  readonly reason: string
  /** The last day it holds, in UTC: `2026-12-31`. */
  readonly expires: string
}

/** What images must satisfy, and what is accepted although it is found. */
export interface Policy {
  readonly require: readonly Requirement[]
  readonly exceptions: readonly PolicyException[]
}

/** Nothing is required, and nothing accepted. */
export const NO_POLICY: Policy = { require: [], exceptions: [] }

/** Whether the last day of an exception is over. */
export function isExpired({ expires }: Pick<PolicyException, 'expires'>, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires
}
