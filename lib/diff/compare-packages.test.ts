import { expect, test } from 'vitest'
import { parsePlatform } from '#lib/oci/platform.ts'
import { comparePackages, type PackageSide } from './compare-packages.ts'

function packagesOf(platform: string, ...texts: string[]): PackageSide {
  return {
    platform: parsePlatform(platform),
    packages: texts.map((text) => {
      const [name = '', version = '', architecture] = text.split('=')
      return { type: 'dpkg', name, version, ...(architecture ? { architecture } : {}) }
    }),
  }
}

test('pairs by name, folds a rebuild of one architecture alone, and counts what is the same', () => {
  const { changes, sameCount } = comparePackages(
    packagesOf('linux/amd64', 'libc6=2.36', 'perl=5.36', 'zlib=1.2+b1', 'gone=1', 'gcc-x86-64=12'),
    packagesOf('linux/ppc64le', 'libc6=2.36', 'perl=5.38', 'zlib=1.2', 'new=1', 'gcc-ppc64el=12'),
  )
  expect(changes).toEqual([
    {
      type: 'dpkg',
      name: 'gcc-ppc64el',
      fromName: 'gcc-x86-64',
      change: 'changed',
      from: '12',
      to: '12',
      folded: 'architecture-name',
    },
    { type: 'dpkg', name: 'gone', change: 'removed', from: '1' },
    { type: 'dpkg', name: 'new', change: 'added', to: '1' },
    { type: 'dpkg', name: 'perl', change: 'changed', from: '5.36', to: '5.38' },
    { type: 'dpkg', name: 'zlib', change: 'changed', from: '1.2+b1', to: '1.2', folded: 'rebuild' },
  ])
  expect(sameCount).toBe(1)
})

test('compares all versions of a name that is there more than once', () => {
  const { changes } = comparePackages(
    packagesOf('linux/amd64', 'a=1', 'a=2'),
    packagesOf('linux/amd64', 'a=2'),
  )
  expect(changes).toEqual([{ type: 'dpkg', name: 'a', change: 'changed', from: '1, 2', to: '2' }])
})

test('a foreign package does not hide behind its native namesake', () => {
  const ppc64le = packagesOf('linux/ppc64le', 'libc6=2.36=ppc64el', 'tzdata=1=all')
  const { changes, sameCount } = comparePackages(
    packagesOf('linux/amd64', 'libc6=2.36=amd64', 'libc6=2.36=i386', 'tzdata=1=all'),
    ppc64le,
  )
  expect(changes).toEqual([{ type: 'dpkg', name: 'libc6:i386', change: 'removed', from: '2.36' }])
  expect(sameCount).toBe(2)
  const skewed = packagesOf('linux/amd64', 'libc6=2.36=amd64', 'libc6=2.31=i386')
  const newer = packagesOf('linux/amd64', 'libc6=2.36=amd64', 'libc6=2.36=i386')
  expect(comparePackages(skewed, newer).changes).toEqual([
    { type: 'dpkg', name: 'libc6:i386', change: 'changed', from: '2.31', to: '2.36' },
  ])
})

test('on a wrong base what there is most of counts as its own: every package being foreign says nothing new', () => {
  const { changes, sameCount } = comparePackages(
    packagesOf('linux/amd64', 'libc6=2.36=amd64', 'perl=5=amd64'),
    packagesOf('linux/ppc64le', 'libc6=2.36=amd64', 'perl=5=amd64'),
  )
  expect([changes, sameCount]).toEqual([[], 2])
})
