import type { TagsSummaryDto } from '#lib/api/tags.ts'

/**
 * One platform of one release. `hole`: an earlier release had it. `absent`: none had it so far. `pending` and
 * `failed`: nobody knows.
 */
export type CoverageCell = 'present' | 'hole' | 'absent' | 'pending' | 'failed'

/** One release of the picture, cells in the order of the model's platforms. */
export interface CoverageColumn {
  readonly tag: string
  readonly cells: readonly CoverageCell[]
  /** What the column shows, in words: `1.18.0: lost linux/ppc64le`. */
  readonly label: string
}

/** The coverage ribbon: platforms as rows, releases as columns, oldest first. */
export interface CoverageModel {
  readonly platforms: readonly string[]
  readonly columns: readonly CoverageColumn[]
  readonly omitted: number
}

/** Draws the ribbon of a summary. Losses older than the ribbon count: what was lost before it starts is a hole in it. */
export function coverageModel(summary: Pick<TagsSummaryDto, 'ribbon' | 'losses'>): CoverageModel {
  const { platforms, releases, omitted } = summary.ribbon
  const drawn = new Set(releases.map((release) => release.tag))
  const had = new Set(summary.losses.filter((loss) => !drawn.has(loss.lostAt)).map((loss) => loss.platform))
  const columns = releases.map((release) => {
    const cells = platforms.map((platform): CoverageCell => {
      if (release.state !== 'resolved') return release.state
      if (release.platforms.includes(platform)) {
        had.add(platform)
        return 'present'
      }
      return had.has(platform) && release.platforms.length > 0 ? 'hole' : 'absent'
    })
    return { tag: release.tag, cells, label: `${release.tag}: ${inWords(release.state, platforms, cells)}` }
  })
  return { platforms, columns, omitted }
}

function inWords(
  state: 'resolved' | 'pending' | 'failed',
  platforms: readonly string[],
  cells: readonly CoverageCell[],
): string {
  if (state === 'pending') return 'not resolved yet'
  if (state === 'failed') return 'could not be read'
  const lacking = platforms.filter((_, at) => cells[at] === 'hole')
  if (lacking.length > 0) return `without ${lacking.join(', ')}`
  const present = platforms.filter((_, at) => cells[at] === 'present')
  return present.length === 0 ? 'no platforms' : present.join(', ')
}

/** A stretch of releases without a platform, for a sentence. */
export type Loss = TagsSummaryDto['losses'][number]

/**
 * The losses to write out: what is still lost first, then the latest ones (the summary lists a platform's losses
 * oldest first); at most `most`, and how many are left out.
 */
export function lossesToTell(losses: readonly Loss[], most: number): { told: readonly Loss[]; more: number } {
  const open = losses.filter((loss) => loss.backAt === undefined)
  const closed = losses.filter((loss) => loss.backAt !== undefined).reverse()
  const all = [...open, ...closed]
  return { told: all.slice(0, most), more: Math.max(0, all.length - most) }
}
