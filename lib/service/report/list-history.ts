import type { HistoryQuery, HistoryResponse, HistoryStreakDto } from '#lib/api/history.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { comparePlatformTexts, parsePlatform, platformText } from '#lib/oci/platform.ts'
import { formatRepository, isTag, parseRepository } from '#lib/oci/reference.ts'
import { type HistoryRun, historyCells, historyPlatforms, historyStreaks } from '#lib/report/history.ts'
import type { StoredContext } from '../context.ts'

/** Streaks are counted over so many of the newest runs. */
const WINDOW_RUNS = 200
/** The change at a page's last run may lie further back than this; then it is not marked. */
const LOOKAHEAD_RUNS = 50
const MAX_PLATFORMS = 64
const MAX_TAGS = 100

/**
 * What finished runs say of a repository, platform by platform, newest first. Needs neither registry nor engine; a
 * repository that was never run has an empty history. Throws `reference_invalid`, `platform_invalid`,
 * `request_invalid`.
 */
export async function listHistory(
  { store: { history } }: Pick<StoredContext, 'store'>,
  { platform, tag, limit, before, repository: asked }: HistoryQuery,
): Promise<HistoryResponse> {
  const repository = formatRepository(parseRepository(asked))
  if (tag !== undefined && !isTag(tag)) throw new AppError('request_invalid', `“${tag}” is not a tag.`)
  const wanted = platform === undefined ? undefined : platformText(parsePlatform(platform))
  const filter = { repository, tag }
  const [newest, page, tags] = await Promise.all([
    history.lines(filter, WINDOW_RUNS + 1),
    history.lines(
      { ...filter, before: before === undefined ? undefined : Number(before) },
      limit + LOOKAHEAD_RUNS,
    ),
    history.tags(repository, MAX_TAGS),
  ])
  const window = newest.slice(0, WINDOW_RUNS)
  const runs = page.slice(0, limit)
  const known = [...historyPlatforms([...window, ...runs])].toSorted(comparePlatformTexts)
  const knownPlatforms = known.slice(0, MAX_PLATFORMS)
  const platforms = wanted === undefined ? knownPlatforms : [wanted]
  const cells = historyCells(runs, page.slice(limit), platforms)
  const last = runs.at(-1)
  return {
    repository,
    platforms,
    knownPlatforms,
    omittedPlatforms: wanted === undefined ? known.length - platforms.length : 0,
    tags,
    streaks: historyStreaks(window, platforms, newest.length <= WINDOW_RUNS).map((streak) => ({
      ...streak,
      newest: runName(streak.newest),
      oldest: runName(streak.oldest),
    })),
    runs: runs.map((run, at) => ({
      ...runName(run),
      reference: run.reference,
      ...(run.verdict ? { verdict: run.verdict } : {}),
      cells: [...(cells[at] ?? [])],
    })),
    ...(page.length > limit && last ? { nextBefore: String(last.seq) } : {}),
  }
}

function runName({ id, tag, digest, finishedAt }: HistoryRun): HistoryStreakDto['newest'] {
  return {
    id,
    ...(tag === undefined ? {} : { tag }),
    digest,
    ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
  }
}
