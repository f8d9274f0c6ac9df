import { formatBytes } from '#components/ui/bytes.ts'
import type { TagDto, TagsResponse } from '#lib/api/tags.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'

/** Platforms with a column of their own at most; the rest share one. */
const MAX_COLUMNS = 7

/** Which platforms get a column, in the fixed order, and which share the last one. */
export interface PlatformColumns {
  readonly columns: readonly string[]
  readonly folded: readonly string[]
}

/**
 * The platform columns of a table: the primary platforms always, then what was seen. Beyond seven the rest is folded,
 * save `wanted`: what is filtered for must be seen.
 */
export function platformColumns(seen: Iterable<string>, wanted: readonly string[] = []): PlatformColumns {
  const all = [...new Set([...PRIMARY_PLATFORMS, ...seen, ...wanted])]
    .filter((platform) => platform !== '')
    .sort(comparePlatformTexts)
  if (all.length <= MAX_COLUMNS) return { columns: all, folded: [] }
  const shown = new Set<string>([...PRIMARY_PLATFORMS, ...wanted.filter((platform) => platform !== '')])
  for (const platform of all) if (shown.size < MAX_COLUMNS - 1) shown.add(platform)
  return {
    columns: all.filter((platform) => shown.has(platform)),
    folded: all.filter((platform) => !shown.has(platform)),
  }
}

/** What a table cell says of one platform of one tag. `none`: the question does not apply (an artifact). */
export type PlatformCell =
  | { readonly kind: 'present'; readonly sizeBytes?: number }
  | { readonly kind: 'hole'; readonly primary: boolean }
  | { readonly kind: 'pending' | 'failed' | 'none' }

/** The cell of `platform` in the row of `tag`. */
export function platformCell(tag: TagDto, platform: string): PlatformCell {
  if (tag.state !== 'resolved') return { kind: tag.state }
  if (tag.kind === 'artifact') return { kind: 'none' }
  if (!tag.platforms.includes(platform)) return { kind: 'hole', primary: isPrimary(platform) }
  const sizeBytes = tag.sizes?.[platform]
  return { kind: 'present', ...(sizeBytes === undefined ? {} : { sizeBytes }) }
}

/** The folded platforms that a tag has. */
export function foldedPresent(tag: TagDto, folded: readonly string[]): readonly string[] {
  return folded.filter((platform) => tag.platforms.includes(platform))
}

function isPrimary(platform: string): boolean {
  return (PRIMARY_PLATFORMS as readonly string[]).includes(platform)
}

/** A platform's name for a narrow column: `linux/` goes without saying. */
export function shortPlatform(platform: string): string {
  return platform.startsWith('linux/') ? platform.slice('linux/'.length) : platform
}

/**
 * A known row with what an update says. Sizes and times are kept while the digest stays the same: they cost more to
 * learn and an update without them has only not looked.
 */
export function mergeTag(known: TagDto, update: TagDto): TagDto {
  if (known.digest === undefined || known.digest !== update.digest) return update
  return {
    ...update,
    ...pick(known, update, 'sizes'),
    ...pick(known, update, 'sizeBytes'),
    ...pick(known, update, 'created'),
  }
}

function pick<K extends 'sizes' | 'sizeBytes' | 'created'>(
  known: TagDto,
  update: TagDto,
  key: K,
): Partial<TagDto> {
  const value = update[key] ?? known[key]
  return value === undefined ? {} : { [key]: value }
}

/** A page of tags with updated rows put in by name; `undefined` when none of them is in it. */
export function patchTags(
  page: TagsResponse | undefined,
  updates: ReadonlyMap<string, TagDto>,
): TagsResponse | undefined {
  if (
    !page?.tags.some((tag) => updates.has(tag.name) || tag.archTags?.some((arch) => updates.has(arch.name)))
  ) {
    return undefined
  }
  return { ...page, tags: page.tags.map((tag) => patchTag(tag, updates)) }
}

function patchTag(tag: TagDto, updates: ReadonlyMap<string, TagDto>): TagDto {
  const own = updates.get(tag.name)
  const row = own ? mergeTag(tag, own) : tag
  // An update of the row itself carries its arch tags; one of an arch tag alone cannot know whether it is listed.
  if (own || !row.archTags?.some((arch) => updates.has(arch.name))) return row
  return {
    ...row,
    archTags: row.archTags.map((arch) => {
      const update = updates.get(arch.name)
      if (!update || update.digest === arch.digest) return update ? { ...arch, state: update.state } : arch
      const { listed: _outdated, digest: _old, ...kept } = arch
      return {
        ...kept,
        state: update.state,
        ...(update.digest === undefined ? {} : { digest: update.digest }),
      }
    }),
  }
}

/** The rows whose sizes and times are not known yet, and those not looked at at all: what to ask details for. */
export function tagsToDetail(rows: readonly TagDto[]): readonly TagDto[] {
  return rows.filter(
    (tag) => tag.state === 'pending' || (tag.state === 'resolved' && tag.kind !== 'artifact' && !tag.sizes),
  )
}

/** The compressed size of a tag for people; `≥` where the size of one of its platforms is not known. */
export function totalSize(tag: TagDto): string | undefined {
  if (tag.sizeBytes === undefined) return undefined
  const isWhole = tag.platforms.every((platform) => tag.sizes?.[platform] !== undefined)
  return `${isWhole ? '' : '≥ '}${formatBytes(tag.sizeBytes)}`
}

/** How the `TAG-ARCH` tags of a row stand: how many, and how many the index no longer points at. */
export function archTagCounts(tag: TagDto): { total: number; moved: number } {
  const archTags = tag.archTags ?? []
  return { total: archTags.length, moved: archTags.filter((arch) => arch.listed === false).length }
}
