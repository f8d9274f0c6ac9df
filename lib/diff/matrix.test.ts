import { describe, expect, it } from 'vitest'
import { configMatrix, type MatrixSide, packageMatrix } from './matrix.ts'
import { side } from './testing/sides.ts'

// Guarantee: what differs between platforms is told from what must, and what is missing from what nobody saw.

function column(platform: string, packages: Record<string, string>, isComplete = true): MatrixSide {
  return {
    platform: side(platform).platform,
    isComplete,
    packages: Object.entries(packages).map(([name, version]) => ({ type: 'dpkg' as const, name, version })),
  }
}

describe('packageMatrix', () => {
  it('puts what differs first, and says who agrees', () => {
    const rows = packageMatrix([
      column('amd64', { same: '1', skew: '2', rebuilt: '1-1', 'libc6-amd64': '3' }),
      column('ppc64le', { same: '1', skew: '1', rebuilt: '1-1+b2', 'libc6-ppc64el': '3', only: '5' }),
      column('s390x', { same: '1', skew: '2', rebuilt: '1-1', 'libc6-s390x': '3' }),
    ])
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['only', 'differs'],
      ['skew', 'differs'],
      ['rebuilt', 'expected'],
      ['libc6-amd64', 'same'],
      ['same', 'same'],
    ])
    expect(rows[0]).toMatchObject({ values: [null, '5', null], agreement: [null, 0, null] })
    expect(rows[1]).toMatchObject({ values: ['2', '1', '2'], agreement: [0, 1, 0] })
  })

  it('misses nothing where a layer could not be read', () =>
    expect(packageMatrix([column('amd64', { app: '1' }), column('ppc64le', {}, false)])).toMatchObject([
      { state: 'same', values: ['1', null], agreement: [0, null] },
    ]))

  it('is empty for no sides, and for sides without packages', () => {
    expect(packageMatrix([])).toEqual([])
    expect(packageMatrix([column('amd64', {})])).toEqual([])
  })
})

describe('configMatrix', () => {
  const config = (platform: string, env: string[], created: string): MatrixSide => ({
    ...side(platform, { env, created, user: 'app' }),
    isComplete: true,
  })

  it('expects other names of architectures and other times, and nothing else', () => {
    const rows = configMatrix([
      config('amd64', ['TRIPLET=x86_64-linux-gnu', 'MODE=a', 'ONLY='], '2026-01-01T00:00:00Z'),
      config('ppc64le', ['TRIPLET=powerpc64le-linux-gnu', 'MODE=b'], '2026-01-02T00:00:00Z'),
    ])
    expect(rows.map(({ field, key = '', state }) => `${field} ${key} ${state}`)).toEqual([
      'env MODE differs',
      'env ONLY differs',
      'env TRIPLET expected',
      'created  expected',
      'user  same',
    ])
  })

  it('leaves a column empty whose config could not be read', () => {
    const { platform } = side('s390x')
    const rows = configMatrix([config('amd64', [], ''), { platform, isComplete: false }])
    expect(rows).toMatchObject([{ field: 'user', state: 'same', values: ['app', null] }])
  })
})
