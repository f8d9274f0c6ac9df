import { expect, test } from 'vitest'
import { parsePlatform } from '#lib/oci/platform.ts'
import { comparePackages, type PackageSide } from './compare-packages.ts'

function packagesOf(platform: string, ...texts: string[]): PackageSide {
  return {
    platform: parsePlatform(platform),
    packages: texts.map((text) => {
      const [name = '', version = ''] = text.split('=')
      return { type: 'dpkg', name, version }
    }),
  }
}

test('pairs by name, folds a rebuild of one architecture alone, and counts what is the same', () => {
  const { changes, sameCount } = comparePackages(
    packagesOf('linux/amd64', 'libc6=2.36', 'perl=5.36', 'zlib=1.2+b1', 'gone=1', 'gcc-x86-64=12'),
    packagesOf('linux/ppc64le', 'libc6=2.36', 'perl=5.38', 'zlib=1.2', 'new=1', 'gcc-ppc64el=12'),
  )
  expect(changes).toEqual([
    { type: 'dpkg', name: 'gone', change: 'removed', from: '1' },
    { type: 'dpkg', name: 'new', change: 'added', to: '1' },
    { type: 'dpkg', name: 'perl', change: 'changed', from: '5.36', to: '5.38' },
    { type: 'dpkg', name: 'zlib', change: 'changed', from: '1.2+b1', to: '1.2', folded: 'rebuild' },
  ])
  expect(sameCount).toBe(2)
})

test('compares all versions of a name that is there more than once', () => {
  const { changes } = comparePackages(
    packagesOf('linux/amd64', 'a=1', 'a=2'),
    packagesOf('linux/amd64', 'a=2'),
  )
  expect(changes).toEqual([{ type: 'dpkg', name: 'a', change: 'changed', from: '1, 2', to: '2' }])
})
