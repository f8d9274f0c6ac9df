import type { CSSProperties } from 'react'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import type { PlatformColumns } from './tag-rows-model.ts'

/** A column of platforms as the three widths show it. */
export interface TableColumns {
  /** With a column of their own on a wide screen; the primary ones have it on every screen. */
  readonly platforms: readonly { readonly platform: string; readonly isWideOnly: boolean }[]
  /** Folded on a wide screen, and on a narrow one. */
  readonly foldedWide: readonly string[]
  readonly foldedNarrow: readonly string[]
}

/** What the table shows where. */
export function tableColumns({ columns, folded }: PlatformColumns): TableColumns {
  const primary: ReadonlySet<string> = new Set(PRIMARY_PLATFORMS)
  return {
    platforms: columns.map((platform) => ({ platform, isWideOnly: !primary.has(platform) })),
    foldedWide: folded,
    foldedNarrow: [...columns.filter((platform) => !primary.has(platform)), ...folded],
  }
}

/** Columns of a wide screen, cells that span included. */
export function columnCount({ platforms, foldedWide }: TableColumns): number {
  return platforms.length + (foldedWide.length > 0 ? 1 : 0) + 5
}

/** The grid templates of the three widths as custom properties, and the classes that pick one. */
export function gridTemplates({ platforms, foldedWide, foldedNarrow }: TableColumns): CSSProperties {
  const primaryCount = platforms.filter((column) => !column.isWideOnly).length
  const narrow = `minmax(0,1fr) repeat(${primaryCount},46px)${foldedNarrow.length > 0 ? ' 34px' : ''}`
  const medium = `minmax(0,1fr) repeat(${primaryCount},68px)${foldedNarrow.length > 0 ? ' 44px' : ''} 76px 92px`
  const wide = `minmax(150px,2fr) 116px repeat(${platforms.length},minmax(54px,.8fr))${foldedWide.length > 0 ? ' 52px' : ''} 76px minmax(150px,2.2fr) 80px`
  return { '--grid-narrow': narrow, '--grid-medium': medium, '--grid-wide': wide } as CSSProperties
}

/** One line of the table. */
export const ROW_GRID =
  'grid grid-cols-(--grid-narrow) sm:grid-cols-(--grid-medium) lg:grid-cols-(--grid-wide) px-2.5 sm:px-3.5'
