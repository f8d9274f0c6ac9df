import { describe, expect, test } from 'vitest'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import { compareConfig, countSameConfig } from './compare-config.ts'
import { side } from './testing/sides.ts'

function compare(
  from: Partial<ImageConfig>,
  to: Partial<ImageConfig>,
  platforms = ['linux/amd64', 'linux/ppc64le'],
) {
  return compareConfig(side(platforms[0] ?? '', from), side(platforms[1] ?? '', to))
}

describe('compareConfig', () => {
  test('finds nothing between equals', () => {
    const config = { entrypoint: ['/app'], env: ['A=1'], labels: { b: '2' }, exposedPorts: ['80/tcp'] }
    expect(compare(config, config)).toEqual([])
    expect(countSameConfig(side('linux/amd64', config), side('linux/ppc64le', config))).toBe(4)
  })

  test('tells added, removed and changed, by name', () => {
    expect(
      compare(
        { env: ['A=1', 'GONE=x'], user: 'app', volumes: ['/data'] },
        { env: ['A=2', 'NEW='], user: '', volumes: [] },
      ),
    ).toEqual([
      { field: 'env', key: 'A', change: 'changed', from: '1', to: '2' },
      { field: 'env', key: 'GONE', change: 'removed', from: 'x' },
      { field: 'env', key: 'NEW', change: 'added', to: '' },
      { field: 'user', change: 'removed', from: 'app' },
      { field: 'volumes', key: '/data', change: 'removed', from: '/data' },
    ])
  })

  test('tells a word with a blank from two words', () => {
    expect(compare({ cmd: ['a b'] }, { cmd: ['a', 'b'] })).toHaveLength(1)
  })

  test.each([
    ['the architecture’s own name', 'GOARCH=amd64', 'GOARCH=ppc64le', 'architecture-name'],
    ['a checksum', 'APP_SHA256=abc', 'APP_SHA256=def', 'checksum'],
    [
      'a path with a triplet',
      'LD=/usr/lib/x86_64-linux-gnu',
      'LD=/usr/lib/powerpc64le-linux-gnu',
      'architecture-name',
    ],
    ['a version', 'APP_VERSION=1', 'APP_VERSION=2', undefined],
    ['the name of the wrong architecture', 'GOARCH=amd64', 'GOARCH=amd64 ', undefined],
  ])('folds %s or shows it', (_, from, to, folded) => {
    const [change] = compare({ env: [from] }, { env: [to] })
    expect(change?.folded).toBe(folded)
  })

  test('folds no names between images of one architecture', () => {
    const [change] = compare({ env: ['A=amd64'] }, { env: ['A=x86_64'] }, ['linux/amd64', 'linux/amd64'])
    expect(change).not.toHaveProperty('folded')
  })

  test('folds the time of the build, also as a label, but no other label', () => {
    const label = 'org.opencontainers.image.created'
    expect(
      compare(
        { created: '2024-01-01T00:00:00Z', labels: { [label]: '2024-01-01', 'vcs-ref': 'a' } },
        { created: '2024-01-02T00:00:00Z', labels: { [label]: '2024-01-02', 'vcs-ref': 'b' } },
      ).map(({ key, field, folded }) => [key ?? field, folded]),
    ).toEqual([
      [label, 'build-time'],
      ['vcs-ref', undefined],
      ['created', 'build-time'],
    ])
  })
})
