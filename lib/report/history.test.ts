import { describe, expect, it } from 'vitest'
import { cellOf, type HistoryRun, historyCells, historyPlatforms, historyStreaks } from './history.ts'
import type { Verdict } from './verdict.ts'

const PLATFORMS = ['linux/amd64', 'linux/ppc64le']

/** A run of `tag`; jobs as `platform verdict mode`, `-` for a platform that the image lacks. */
function run(id: string, tag: string | undefined, jobs: readonly string[], rest: Partial<HistoryRun> = {}) {
  const made: HistoryRun = {
    id,
    tag,
    digest: `sha256:${id}`,
    kind: 'index',
    jobs: jobs.map((text) => {
      const [platform = '', verdict, mode] = text.split(' ')
      return verdict === '-'
        ? { platform, verdict: 'failed' }
        : { platform, digest: 'sha256:1', verdict: verdict as Verdict, mode: mode as 'native' | undefined }
    }),
    leftOut: [],
    ...rest,
  }
  return made
}

describe('what a run says of a platform', () => {
  it.each<[string, HistoryRun, object]>([
    [
      'passed natively',
      run('a', '1', ['linux/ppc64le passed native']),
      { outcome: 'passed', mode: 'native' },
    ],
    ['failed', run('a', '1', ['linux/ppc64le failed emulated']), { outcome: 'failed', mode: 'emulated' }],
    ['skipped', run('a', '1', ['linux/ppc64le skipped']), { outcome: 'skipped' }],
    ['asked for, and not there', run('a', '1', ['linux/ppc64le -']), { outcome: 'absent' }],
    ['not in the index', run('a', '1', ['linux/amd64 passed native']), { outcome: 'absent' }],
    ['left out', run('a', '1', [], { leftOut: ['linux/ppc64le'] }), { outcome: 'left-out' }],
    ['a tag of another architecture', run('a', '1-s390x', ['linux/s390x passed']), { outcome: 'left-out' }],
    ['a single image by digest', run('a', undefined, [], { kind: 'image' }), { outcome: 'left-out' }],
    ['an index by digest', run('a', undefined, ['linux/amd64 passed']), { outcome: 'absent' }],
    ['one image where there was an index', run('a', '1', [], { kind: 'image' }), { outcome: 'absent' }],
  ])('%s', (_, given, cell) => {
    expect(cellOf(given, 'linux/ppc64le')).toEqual({ platform: 'linux/ppc64le', ...cell })
  })
})

const STORY = [
  run('g', '1.6', ['linux/amd64 passed native', 'linux/ppc64le failed emulated']),
  run('f', '1.5', ['linux/amd64 passed native'], { leftOut: ['linux/ppc64le'] }),
  run('e', '1.5', ['linux/amd64 passed native', 'linux/ppc64le skipped']),
  run('d', '1.4', ['linux/amd64 passed native', 'linux/ppc64le failed emulated']),
  run('c', '1.3', ['linux/amd64 inconclusive native', 'linux/ppc64le passed native']),
  run('b', '1.2', ['linux/amd64 passed native']),
  run('a', '1.1', ['linux/amd64 passed native', 'linux/ppc64le passed emulated']),
]

describe('over time', () => {
  it('marks where a verdict is another than before, over runs that say nothing', () => {
    const changes = historyCells(STORY, [], PLATFORMS).flatMap((cells, at) =>
      cells.flatMap(({ platform, change }) =>
        change ? [`${STORY[at]?.id} ${platform}: ${change.was} in ${change.from} ${change.tag}`] : [],
      ),
    )
    expect(changes).toEqual([
      'd linux/amd64: inconclusive in c 1.3',
      'd linux/ppc64le: passed in c 1.3',
      'c linux/amd64: passed in b 1.2',
      'c linux/ppc64le: absent in b 1.2',
      'b linux/ppc64le: passed in a 1.1',
    ])
  })

  it('knows the change at the end of a page from the runs before it', () => {
    const page = historyCells(STORY.slice(0, 4), STORY.slice(4), PLATFORMS)
    expect(page).toHaveLength(4)
    expect(page[3]?.[1]?.change).toEqual({ from: 'c', was: 'passed', tag: '1.3' })
  })

  it('counts how long it has been so', () => {
    const told = historyStreaks(STORY, PLATFORMS, true).map(
      ({ platform, outcome, mode, runs, isWhole, oldest }) => ({
        platform,
        outcome,
        mode,
        runs,
        isWhole,
        since: oldest.tag,
      }),
    )
    expect(told).toEqual([
      { platform: 'linux/amd64', outcome: 'passed', mode: 'native', runs: 4, isWhole: true, since: '1.4' },
      {
        platform: 'linux/ppc64le',
        outcome: 'failed',
        mode: 'emulated',
        runs: 2,
        isWhole: true,
        since: '1.4',
      },
    ])
  })

  it('does not call a streak whole that goes on where nobody looked', () => {
    const [streak] = historyStreaks(STORY.slice(0, 3), ['linux/amd64'], false)
    expect(streak).toMatchObject({ runs: 3, isWhole: false })
  })

  it('has no streak of what was never run', () => {
    expect(historyStreaks([run('a', '1', ['linux/s390x skipped'])], ['linux/s390x'], true)).toEqual([])
    expect(historyStreaks([], PLATFORMS, true)).toEqual([])
  })

  it('names each platform once', () => {
    expect([...historyPlatforms(STORY)]).toEqual(PLATFORMS)
  })
})
