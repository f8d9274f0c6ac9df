import type { CheckCode } from './info.ts'

/** Why a check could not judge something. Data; `unjudgedText` makes words of it. */
export const UNJUDGED_REASONS = [
  'image-not-read',
  'attached-not-asked',
  'attached-not-told',
  'attestation-not-read',
  'sbom-too-large',
  'sbom-not-read',
  'no-tag',
  'nothing-earlier',
  'tags-not-listed',
  'tag-not-read',
  'not-in-time',
  'quota-low',
  'layer-not-read',
  'packages-not-read',
  'layers-not-asked',
  'layers-not-in-time',
  'system-not-judged',
  'no-uname',
  'uname-not-asked',
  'uname-not-run',
  'machine-word-unknown',
] as const
export type UnjudgedReason = (typeof UNJUDGED_REASONS)[number]

/** One thing that one check could not judge. */
export interface Gap {
  readonly reason: UnjudgedReason
  /** Canonical text; absent when it concerns the whole image. */
  readonly platform?: string
  /** The tag that could not be read, or the like. */
  readonly what?: string
}

/** The same gap of several checks and platforms, told once. */
export interface Unjudged {
  readonly reason: UnjudgedReason
  readonly codes: readonly CheckCode[]
  readonly platforms: readonly string[]
  readonly what?: string
}

/** Merges gaps of many checks: what several could not look at for one reason is one line. */
export function mergeGaps(gaps: readonly { readonly code: CheckCode; readonly gap: Gap }[]): Unjudged[] {
  const byPlace = Map.groupBy(gaps, ({ gap }) => JSON.stringify([gap.reason, gap.what, gap.platform]))
  const places = [...byPlace.values()].map((same) => ({
    gap: same[0]?.gap,
    codes: [...new Set(same.map(({ code }) => code))].sort(),
  }))
  const byReason = Map.groupBy(places, ({ gap, codes }) => JSON.stringify([gap?.reason, gap?.what, codes]))
  return [...byReason.values()].flatMap((same): Unjudged[] => {
    const [first] = same
    if (!first?.gap) return []
    const { reason, what } = first.gap
    const platforms = same.flatMap(({ gap }) => gap?.platform ?? [])
    return [{ reason, codes: first.codes, platforms, ...(what === undefined ? {} : { what }) }]
  })
}

const TEXTS: Readonly<Record<UnjudgedReason, (what: string) => string>> = {
  'image-not-read': () => 'manifest or config could not be read',
  'attached-not-asked': () => 'attestations are looked at when the image is opened, not in a run',
  'attached-not-told': () => 'the registry did not tell everything that refers to the image',
  'attestation-not-read': () => 'an attestation is listed and could not be read',
  'sbom-too-large': (what) => `the SBOM is larger than ${what}`,
  'sbom-not-read': () => 'the SBOM could not be read',
  'no-tag': () => 'asked by digest, so there is no tag whose past could be compared',
  'nothing-earlier': (what) => `there is nothing earlier to compare ${what} with`,
  'tags-not-listed': (what) => `the repository’s tags could not be listed: ${what}`,
  'tag-not-read': (what) => `${what} could not be read`,
  'not-in-time': (what) => `the registry did not answer within ${what}`,
  'quota-low': () => 'the registry’s rate limit is nearly used up',
  'layer-not-read': (what) => `a layer could not be read: ${what}`,
  'packages-not-read': (what) => `a package database could not be read: ${what}`,
  'system-not-judged': (what) => `binaries of ${what} are not looked at`,
  'no-uname': () => 'the image has no uname to ask',
  'uname-not-asked': () => 'the job had ended before its uname could be asked',
  'uname-not-run': (what) => `the image’s uname did not answer: ${what}`,
  'machine-word-unknown': (what) => `what uname says on ${what} is not known`,
  'layers-not-asked': () => 'the run was told to leave the layers out',
  'layers-not-in-time': (what) => `the layers could not be read within ${what}`,
}

/** Why, in words, without a full stop. */
export function unjudgedText({
  reason,
  what = '',
}: Pick<Unjudged, 'reason'> & { readonly what?: string | undefined }): string {
  return TEXTS[reason](what)
}
