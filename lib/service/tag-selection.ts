import { isFallbackTag, splitArchTag } from '#lib/oci/tag-groups.ts'
import type { TagRow } from './tag-row.ts'

/** A tag that holds one platform's image of another tag: `1.2-ppc64le` of `1.2`. */
export interface ArchTagName {
  readonly name: string
  readonly platform: string
}

/** Tag names arranged for a table: what stands alone, and the `TAG-ARCH` tags by the tag they belong to. */
export interface TagGroups {
  /** In the order given. */
  readonly joined: readonly string[]
  readonly archTags: ReadonlyMap<string, readonly ArchTagName[]>
}

/** A listing keeps its array until the names change, and every window and event asks for its groups. */
const grouped = new WeakMap<readonly string[], TagGroups>()

/** Groups names; referrers fallback tags (`sha256-…`) are left out. */
export function groupTags(names: readonly string[]): TagGroups {
  const known = grouped.get(names)
  if (known) return known
  const groups = makeGroups(names)
  grouped.set(names, groups)
  return groups
}

function makeGroups(names: readonly string[]): TagGroups {
  const known = new Set(names)
  const joined: string[] = []
  const archTags = new Map<string, ArchTagName[]>()
  for (const name of names) {
    if (isFallbackTag(name)) continue
    const arch = splitArchTag(name, known)
    if (!arch) {
      joined.push(name)
      continue
    }
    const siblings = archTags.get(arch.base) ?? []
    siblings.push({ name, platform: arch.platform })
    archTags.set(arch.base, siblings)
  }
  return { joined, archTags }
}

/** What a caller wants to see of the tags. Platforms are canonical texts. */
export interface TagFilter {
  readonly text?: string | undefined
  readonly missing?: string | undefined
  readonly platform?: string | undefined
}

/** Whether the filter needs rows to be resolved before it can tell. */
export function needsPlatforms(filter: TagFilter): boolean {
  return filter.missing !== undefined || filter.platform !== undefined
}

/** Whether a tag's name passes the filter's text, letter case aside. */
export function nameMatches(name: string, filter: TagFilter): boolean {
  return filter.text === undefined || name.toLowerCase().includes(filter.text.toLowerCase())
}

/** Whether a resolved row passes the filter's platforms. A row that was not looked at is not called missing. */
export function platformsMatch(row: TagRow, filter: TagFilter): boolean {
  if (!needsPlatforms(filter)) return true
  if (row.state !== 'resolved' || !row.facts || row.facts.kind === 'artifact') return false
  const { platforms } = row.facts
  if (filter.missing !== undefined && platforms.includes(filter.missing)) return false
  return filter.platform === undefined || platforms.includes(filter.platform)
}
