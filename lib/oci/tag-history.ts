import { compareTagKeys, type TagSortKey, tagSortKey } from './tag-order.ts'

/** Words that mean “the newest release”. */
const FLOATING_WORDS: readonly string[] = ['latest', 'stable']

/**
 * The release before a release, of the same form: as many numbers, the same flavour, `v` or not. Undefined for words,
 * for pre-releases, for tags that float over longer versions, and for the first of its kind.
 */
export function earlierVersion(tag: string, names: readonly string[]): string | undefined {
  const own = tagSortKey(tag)
  if (!isRelease(own)) return undefined
  const alike = names.map(tagSortKey).filter((key) => isRelease(key) && isAlike(key, own))
  if (alike.some((key) => isBelow(key, own))) return undefined
  return newestOf(
    alike.filter((key) => key.numbers.length === own.numbers.length && compareNumbers(key, own) < 0),
  )
}

/**
 * The newest release below a tag that floats: of all for `latest` and `stable`, of those that begin alike for `1` and
 * `1.27`, of the same flavour. Undefined for a tag that does not float.
 */
export function newestVersionBelow(tag: string, names: readonly string[]): string | undefined {
  const keys = names.filter((name) => name !== tag).map(tagSortKey)
  if (FLOATING_WORDS.includes(tag)) {
    return newestOf(keys.filter((key) => isRelease(key) && key.suffix === '' && key.numbers.length > 1))
  }
  const own = tagSortKey(tag)
  if (!isRelease(own)) return undefined
  return newestOf(keys.filter((key) => isRelease(key) && isAlike(key, own) && isBelow(key, own)))
}

function isRelease({ rank, prerelease }: TagSortKey): boolean {
  return rank === 2 && prerelease === undefined
}

function isAlike(a: TagSortKey, b: TagSortKey): boolean {
  return a.suffix === b.suffix && hasV(a) === hasV(b)
}

function hasV({ name }: TagSortKey): boolean {
  return /^v/i.test(name)
}

/** `1.27.3` is below `1.27`. */
function isBelow(key: TagSortKey, floating: TagSortKey): boolean {
  return (
    key.numbers.length > floating.numbers.length &&
    floating.numbers.every((number, position) => key.numbers[position] === number)
  )
}

function compareNumbers(a: TagSortKey, b: TagSortKey): number {
  const differing = a.numbers.findIndex((number, position) => number !== b.numbers[position])
  return differing < 0 ? 0 : (a.numbers[differing] ?? 0) - (b.numbers[differing] ?? 0)
}

function newestOf(keys: readonly TagSortKey[]): string | undefined {
  return keys.toSorted((a, b) => compareTagKeys(b, a))[0]?.name
}
