import { describe, expect, it } from 'vitest'
import { configMatrix, type MatrixSide, packageMatrix } from './matrix.ts'
import { matrixText } from './matrix-text.ts'
import { side } from './testing/sides.ts'

// Guarantee: what differs between platforms is told from what must, and what is missing from what nobody saw.

function column(
  platform: string,
  packages: Record<string, string>,
  more: Partial<MatrixSide> = {},
): MatrixSide {
  return {
    platform: side(platform).platform,
    isComplete: true,
    packages: Object.entries(packages).map(([name, version]) => ({ type: 'dpkg' as const, name, version })),
    ...more,
  }
}

describe('packageMatrix', () => {
  it('puts what differs first, and says who is odd', () => {
    const rows = packageMatrix([
      column('amd64', { same: '1', skew: '2', rebuilt: '1-1', 'gcc-x86-64': '3', hole: '1' }),
      column('ppc64le', { same: '1', skew: '1', rebuilt: '1-1+b2', 'gcc-ppc64le': '3', only: '5' }),
      column('s390x', { same: '1', skew: '2', rebuilt: '1-1', 'gcc-s390x': '3', hole: '1' }),
    ])
    expect(rows.map(({ name, state, marks }) => [name, state, ...marks])).toEqual([
      ['hole', 'differs', 'same', 'missing', 'same'],
      ['only', 'differs', 'absent', 'only', 'absent'],
      ['skew', 'differs', 'same', 'other', 'same'],
      ['rebuilt', 'expected', 'same', 'expected', 'same'],
      ['gcc-{arch}', 'same', 'same', 'same', 'same'],
      ['same', 'same', 'same', 'same', 'same'],
    ])
    expect(rows[2]).toMatchObject({ values: ['2', '1', '2'] })
  })

  it('takes a name with the suffix of its own architecture for the name alone', () =>
    expect(
      packageMatrix([column('amd64', { 'libc6:amd64': '1' }), column('ppc64le', { libc6: '1' })]),
    ).toMatchObject([{ name: 'libc6', state: 'same' }]))

  it('has a row of its own for a foreign package beside its native namesake', () => {
    const dpkg = (architecture: string) => ({
      type: 'dpkg' as const,
      name: 'libc6',
      version: '1',
      architecture,
    })
    const rows = packageMatrix([
      column('amd64', {}, { packages: [dpkg('amd64'), dpkg('i386')] }),
      column('ppc64le', {}, { packages: [dpkg('ppc64el')] }),
    ])
    expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual(['libc6:i386 differs', 'libc6 same'])
  })

  it('calls nobody odd where nobody is in the majority', () => {
    const [row] = packageMatrix([column('amd64', { app: '1' }), column('ppc64le', { app: '2' })])
    expect(row).toMatchObject({ state: 'differs', marks: ['other', 'other'] })
  })

  it('takes another version on the same architecture for no rebuild', () =>
    expect(
      packageMatrix([column('linux/arm/v6', { app: '1' }), column('linux/arm/v7', { app: '1+b1' })]),
    ).toMatchObject([{ state: 'differs' }]))

  it('misses nothing where nobody could look', () => {
    const full = column('amd64', { app: '1' })
    const unseen = { state: 'unknown', values: ['1', null], marks: ['same', 'unseen'] }
    expect(packageMatrix([full, column('ppc64le', {}, { isComplete: false })])).toMatchObject([unseen])
    const unread = column('ppc64le', {}, { unreadTypes: new Set(['dpkg']) })
    expect(packageMatrix([full, unread])).toMatchObject([unseen])
    const other = column('ppc64le', {}, { unreadTypes: new Set(['rpm']) })
    expect(packageMatrix([full, other])).toMatchObject([{ state: 'differs', marks: ['only', 'missing'] }])
    expect(packageMatrix([full, { platform: side('s390x').platform, isComplete: false }])).toMatchObject([
      unseen,
    ])
  })

  it('is empty for no sides, and for sides without packages', () => {
    expect(packageMatrix([])).toEqual([])
    expect(packageMatrix([column('amd64', {})])).toEqual([])
  })

  it('keeps names apart that are properties of every object', () =>
    expect(packageMatrix([column('amd64', { constructor: '1', '': '' })])).toMatchObject([
      { name: '', values: [''] },
      { name: 'constructor', values: ['1'] },
    ]))
})

describe('configMatrix', () => {
  const config = (platform: string, env: string[], created = ''): MatrixSide => ({
    ...side(platform, { env, created, user: 'app' }),
    isComplete: true,
  })

  it('expects other names of architectures and other times, and nothing else', () => {
    const rows = configMatrix([
      config('amd64', ['TRIPLET=x86_64-linux-gnu', 'MODE=a', 'ONLY='], '2026-01-01T00:00:00Z'),
      config('ppc64le', ['TRIPLET=powerpc64le-linux-gnu', 'MODE=b'], '2026-01-02T00:00:00Z'),
      config('s390x', ['TRIPLET=/usr/lib', 'MODE=b'], ''),
    ])
    expect(rows.map(({ field, key = '', state, marks }) => [field, key, state, ...marks])).toEqual([
      ['env', 'MODE', 'differs', 'other', 'same', 'same'],
      ['env', 'ONLY', 'differs', 'only', 'absent', 'absent'],
      ['env', 'TRIPLET', 'differs', 'same', 'expected', 'other'],
      ['created', '', 'expected', 'same', 'expected', 'absent'],
      ['user', '', 'same', 'same', 'same', 'same'],
    ])
  })

  it('leaves a column unseen whose config could not be read', () => {
    const { platform } = side('s390x')
    const rows = configMatrix([config('amd64', []), { platform, isComplete: false }])
    expect(rows).toMatchObject([{ field: 'user', state: 'unknown', values: ['app', null] }])
  })
})

describe('matrixText', () => {
  const row = (state: 'differs' | 'same' | 'unknown', ...marks: ('same' | 'other' | 'unseen')[]) => ({
    state,
    marks,
    values: marks.map(() => '1'),
  })
  const same = row('same', 'same', 'same', 'same')
  const facts = {
    platforms: ['linux/amd64', 'linux/ppc64le', 'linux/s390x'],
    packages: [row('differs', 'same', 'other', 'same'), same],
    config: [same],
    incomplete: [],
    foreign: [],
  }

  it.each([
    [{}, '3 platforms agree on 1 of 2 packages and the one setting; what differs is on linux/ppc64le.'],
    [{ packages: [same, same] }, '3 platforms agree on all 2 packages and the one setting.'],
    [{ packages: undefined }, '3 platforms agree on the one setting.'],
    [{ packages: [], config: [] }, '3 platforms have no package and no setting to compare.'],
    [
      { packages: [row('unknown', 'same', 'same', 'unseen')], incomplete: ['linux/s390x'] },
      'Of 3 platforms, none of 1 package and none of 1 setting are known to differ. Not all of linux/s390x could be looked at.',
    ],
    [
      { packages: [same], foreign: [0, 2, 1] },
      '3 platforms agree on the one package and the one setting. Built for another architecture: 2 programs of linux/ppc64le and 1 program of linux/s390x.',
    ],
    [
      { platforms: ['linux/amd64'] },
      'linux/amd64 is the only platform here: there is nothing to compare it with.',
    ],
  ])('of %j', (more, text) => expect(matrixText({ ...facts, ...more })).toBe(text))
})
