import { comparePlatformTexts } from '#lib/oci/platform.ts'

/** A platform of two indexes: where it is, and whether it is the very same image. */
export interface CoverageRow {
  readonly platform: string
  /** Digests of the platform's manifests. */
  readonly from?: string
  readonly to?: string
  readonly change: 'same' | 'changed' | 'added' | 'removed'
}

/** Pairs the platforms of two indexes by their canonical texts, in the fixed order. */
export function compareCoverage(
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): CoverageRow[] {
  const platforms = [...new Set([...from.keys(), ...to.keys()])].sort(comparePlatformTexts)
  return platforms.map((platform) => {
    const [left, right] = [from.get(platform), to.get(platform)]
    return {
      platform,
      ...(left === undefined ? {} : { from: left }),
      ...(right === undefined ? {} : { to: right }),
      change:
        left === undefined ? 'added' : right === undefined ? 'removed' : left === right ? 'same' : 'changed',
    }
  })
}
