import type { DiffSides } from '#lib/client/diff-queries.ts'
import { diffPath } from '#lib/client/page-paths.ts'

/** The sides that an address names; empty fields of a form count as absent. */
export function readDiffSides(address: URLSearchParams): DiffSides {
  const read = (name: string) => address.get(name)?.trim() || undefined
  const from = read('from') ?? ''
  return {
    from,
    to: read('to') ?? from,
    fromPlatform: read('fromPlatform') ?? read('toPlatform'),
    toPlatform: read('toPlatform') ?? read('fromPlatform'),
  }
}

/** Whether both sides are of one reference. */
export function isOfOneReference({ from, to }: DiffSides): boolean {
  return to === undefined || to === from
}

/** Whether the sides say all that a comparison needs. */
export function isComparable(sides: DiffSides): boolean {
  if (!isOfOneReference(sides)) return true
  return sides.fromPlatform !== undefined && sides.fromPlatform !== sides.toPlatform
}

/** The same comparison, seen from the other side. */
export function swapped({ from, to, fromPlatform, toPlatform }: DiffSides): DiffSides {
  return { from: to ?? from, to: from, fromPlatform: toPlatform, toPlatform: fromPlatform }
}

const USUAL = ['linux/amd64', 'linux/ppc64le'] as const

/** The two platforms that a person most likely means: amd64 against ppc64le, else the first two there are. */
export function usualPair(platforms: readonly string[]): readonly [string, string] | undefined {
  const distinct = [...new Set(platforms)]
  if (USUAL.every((platform) => distinct.includes(platform))) return USUAL
  const [first, second] = distinct
  return first !== undefined && second !== undefined ? [first, second] : undefined
}

/** The page that compares the usual two platforms of an image; with one platform alone, it asks for the other side. */
export function comparePath(reference: string, platforms: readonly string[]): string {
  const pair = usualPair(platforms)
  if (pair === undefined) return diffPath({ from: reference })
  return diffPath({ from: reference, to: reference, fromPlatform: pair[0], toPlatform: pair[1] })
}

/** The page that compares one platform of an image with the one a person knows best; undefined where it is alone. */
export function comparePlatformPath(
  reference: string,
  platform: string,
  platforms: readonly string[],
): string | undefined {
  const others = platforms.filter((each) => each !== platform)
  const other = others.find((each) => each === USUAL[0]) ?? others[0]
  if (other === undefined) return undefined
  return diffPath({ from: reference, to: reference, fromPlatform: other, toPlatform: platform })
}
