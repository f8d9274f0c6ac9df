/** What a tag is ordered by, made once per tag so that 20,000 tags sort quickly. */
export interface TagSortKey {
  readonly name: string
  /** 2 versions, 1 words (`latest`, `main`), 0 what looks like a hash. */
  readonly rank: number
  readonly numbers: readonly number[]
  /** Pre-release parts sort below the release; undefined is the release itself. */
  readonly prerelease: readonly (string | number)[] | undefined
  /** What follows the version and names a flavour: `alpine`, `ppc64le`. */
  readonly suffix: string
}

const VERSION = /^[vV]?(\d{1,15}(?:\.\d{1,15}){0,5})(?:[-._+]?(.*))?$/
const PRERELEASE = /^(?:alpha|beta|rc|pre|preview|dev|snapshot|nightly|canary|milestone|m|b|a)(?=[-._\d]|$)/i
const RELEASE = /^[vV]?\d{1,9}\.\d{1,9}(?:\.\d{1,9}){0,2}$/
const HASH = /^(?:sha-)?[0-9a-f]{7,64}$/

/** The sort key of a tag. Any text is understood. */
export function tagSortKey(name: string): TagSortKey {
  const version = VERSION.exec(name)
  const looksHashed = HASH.test(name) && /[a-f]/.test(name)
  if (!version || looksHashed) {
    return { name, rank: looksHashed ? 0 : 1, numbers: [], prerelease: undefined, suffix: name }
  }
  const rest = version[2] ?? ''
  const isPrerelease = PRERELEASE.test(rest)
  return {
    name,
    rank: 2,
    numbers: (version[1] ?? '').split('.').map(Number),
    prerelease: isPrerelease ? chunks(rest) : undefined,
    suffix: isPrerelease ? '' : rest,
  }
}

/**
 * Orders keys by version, oldest first: numbers numerically (`1.9` before `1.10`), a pre-release before its release,
 * flavours before their release (`1.27.0-alpine` before `1.27.0`, so that newest first shows the release first),
 * words before all versions, hashes before words.
 * A total order: equal only for equal names.
 */
export function compareTagKeys(a: TagSortKey, b: TagSortKey): number {
  return (
    a.rank - b.rank ||
    compareLists(a.numbers, b.numbers) ||
    comparePrerelease(a.prerelease, b.prerelease) ||
    Number(a.suffix === '') - Number(b.suffix === '') ||
    compareText(a.suffix, b.suffix) ||
    compareText(a.name, b.name)
  )
}

/** Whether a tag names a plain release, `1.2`, `v1.2.3`: the tags that a coverage ribbon is drawn over. */
export function isReleaseTag(name: string): boolean {
  return RELEASE.test(name)
}

function comparePrerelease(a: TagSortKey['prerelease'], b: TagSortKey['prerelease']): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return compareLists(a, b)
}

/** Part by part, numbers before words, a list before its continuation. */
function compareLists(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]]
    if (typeof x === 'number' && typeof y === 'number') {
      if (x !== y) return x - y
    } else if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1
    else {
      const order = compareText(String(x), String(y))
      if (order !== 0) return order
    }
  }
  return a.length - b.length
}

function chunks(text: string): (string | number)[] {
  return (text.toLowerCase().match(/\d{1,15}|[a-z]+/g) ?? []).map((part) =>
    /^\d/.test(part) ? Number(part) : part,
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
