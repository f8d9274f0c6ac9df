import { describe, expect, it } from 'vitest'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import { kindOf, matrixCommand, readMatrixAddress, toggledPlatforms } from './matrix-address.ts'
import { matrixConclusion } from './matrix-conclusion.ts'
import { filterLines, markWord, matrixLines } from './matrix-rows.ts'

const counts = { differs: 0, unknown: 0, expected: 0, same: 1 }
const matrix: MatrixResponse = {
  reference: 'registry.test/app:1',
  pinned: 'registry.test/app@sha256:1',
  digest: 'sha256:1',
  platforms: ['linux/amd64', 'linux/ppc64le'].map((platform) => ({
    platform,
    digest: platform,
    complete: true,
  })),
  leftOut: [],
  summary: { text: '', config: counts, packages: counts },
  config: [
    { field: 'user', state: 'same', values: ['app', 'app'], marks: ['same', 'same'] },
    { field: 'env', key: 'MODE', state: 'differs', values: ['Fast', null], marks: ['only', 'missing'] },
  ],
  packages: [
    { type: 'dpkg', name: 'libapp', state: 'differs', values: ['2', '1'], marks: ['other', 'other'] },
  ],
  complete: true,
}

describe('rows', () => {
  const lines = matrixLines(matrix)
  const ids = (filter: Partial<Parameters<typeof filterLines>[1]>) =>
    filterLines(lines, { q: '', kind: undefined, row: undefined, ...filter }).map(({ id }) => id)

  it('have ids for addresses, settings first', () =>
    expect(ids({})).toEqual(['config/user', 'config/env/MODE', 'packages/dpkg/libapp']))

  it('are found by name, kind and value', () => {
    expect(ids({ q: ' environment mode ' })).toEqual(['config/env/MODE'])
    expect(ids({ q: 'fast' })).toEqual(['config/env/MODE'])
    expect(ids({ kind: 'packages' })).toEqual(['packages/dpkg/libapp'])
    expect(ids({ q: 'nothing like it' })).toEqual([])
  })

  it('the one an address names stays whatever is searched', () =>
    expect(ids({ q: 'mode', row: 'config/user' })).toEqual(['config/user', 'config/env/MODE']))

  it('tell in a word what is odd', () => {
    const words = lines.map((line) => line.cells.map((cell) => markWord(cell, line)))
    expect(words).toEqual([
      [undefined, undefined],
      ['only here', 'not set'],
      ['other version', 'other version'],
    ])
    const [line] = lines
    if (line) expect(markWord({ value: null, mark: 'unseen' }, line)).toBe('not looked at')
  })
})

describe('address', () => {
  it('is read whatever it holds', () => {
    const address = new URLSearchParams('ref= a:1 &platform=linux/amd64&platform=&show=nonsense&kind=x')
    expect(readMatrixAddress(address)).toEqual({ ref: 'a:1', platform: ['linux/amd64'], show: 'differs' })
    expect(kindOf(address)).toBeUndefined()
  })

  it('becomes a command line', () =>
    expect(matrixCommand({ ref: 'a:1; rm', platform: ['linux/amd64'], show: 'all' })).toBe(
      "archway matrix 'a:1; rm' --platform linux/amd64 --all",
    ))

  it('names platforms only where not all are chosen, and keeps two', () => {
    const all = ['a', 'b', 'c']
    expect(toggledPlatforms(all, all, 'c')).toEqual(['a', 'b'])
    expect(toggledPlatforms(['a', 'b'], all, 'c')).toEqual([])
    expect(toggledPlatforms(['a', 'b'], all, 'a')).toEqual(['a', 'b'])
  })
})

describe('conclusion', () => {
  const odd = { ...matrix.summary, packages: { ...counts, differs: 1 } }
  const foreign = matrix.platforms.map((each) => ({ ...each, binaries: { counts: [], foreign: 1 } }))
  it.each([
    [{}, 'done', 'pass'],
    [{ summary: odd }, 'done', 'warn'],
    [{}, 'reading', 'neutral'],
    [{}, 'failed', 'warn'],
    [{ complete: false }, 'done', 'warn'],
    [{ platforms: foreign, complete: false }, 'done', 'fail'],
    [{ platforms: matrix.platforms.slice(0, 1) }, 'done', 'neutral'],
  ] as const)('of %j, %s, is %s', (more, progress, tone) =>
    expect(matrixConclusion({ ...matrix, ...more }, progress).tone).toBe(tone),
  )
})
