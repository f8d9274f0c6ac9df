import { describe, expect, test } from 'vitest'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { compareFiles } from './compare-files.ts'
import { elf, file } from './testing/sides.ts'

const other = 'b'.repeat(64)

function compare(from: TreeEntry[], to: TreeEntry[], platforms = ['linux/amd64', 'linux/ppc64le']) {
  const [left = '', right = ''] = platforms
  const { changes, sameCount } = compareFiles(
    { platform: parsePlatform(left), entries: from },
    { platform: parsePlatform(right), entries: to },
  )
  const texts = changes.map(({ path, change, aspects, folded }) =>
    [change, path, ...aspects, ...(folded ? [`(${folded})`] : [])].join(' '),
  )
  return { texts, sameCount }
}

describe('compareFiles', () => {
  test('tells what was added, removed and changed, and in what', () => {
    expect(
      compare(
        [
          file('etc/app.conf'),
          file('etc/gone'),
          file('etc/mode'),
          file('etc/owner'),
          file('etc/same'),
          file('etc/link', { type: 'symlink', linkTarget: 'a' }),
          file('etc/type'),
        ],
        [
          file('etc/app.conf', { sha256: other }),
          file('etc/mode', { mode: 0o4755 }),
          file('etc/new'),
          file('etc/owner', { uid: 1000 }),
          file('etc/same'),
          file('etc/link', { type: 'symlink', linkTarget: 'b' }),
          file('etc/type', { type: 'directory' }),
        ],
      ),
    ).toEqual({
      texts: [
        'changed etc/app.conf content',
        'removed etc/gone',
        'changed etc/link link',
        'changed etc/mode mode',
        'added etc/new',
        'changed etc/owner owner',
        'changed etc/type type',
      ],
      sameCount: 1,
    })
  })

  test('pairs folders and loaders across architectures', () => {
    const { texts, sameCount } = compare(
      [
        file('lib64/ld-linux-x86-64.so.2', {
          type: 'symlink',
          linkTarget: '/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
        }),
        file('usr/lib/x86_64-linux-gnu/libm.so.6', { program: elf(62) }),
        file('usr/lib/x86_64-linux-gnu/perl.txt'),
      ],
      [
        file('lib64/ld64.so.2', { type: 'symlink', linkTarget: '/lib/powerpc64le-linux-gnu/ld64.so.2' }),
        file('usr/lib/powerpc64le-linux-gnu/libm.so.6', { program: elf(21), sha256: other }),
        file('usr/lib/powerpc64le-linux-gnu/perl.txt'),
      ],
    )
    expect(texts).toEqual([
      'changed lib64/ld64.so.2 link path (architecture-name)',
      'changed usr/lib/powerpc64le-linux-gnu/libm.so.6 content path (native-binary)',
      'changed usr/lib/powerpc64le-linux-gnu/perl.txt path (architecture-name)',
    ])
    expect(sameCount).toBe(0)
  })

  test('knows triplets that end otherwise on some architectures', () => {
    const platforms = ['linux/amd64', 'linux/arm/v7']
    const [from, to] = ['x86_64-linux-gnu', 'arm-linux-gnueabihf']
    expect(
      compare([file(`usr/lib/${from}/perl.txt`)], [file(`usr/lib/${to}/perl.txt`)], platforms).texts,
    ).toEqual([`changed usr/lib/${to}/perl.txt path (architecture-name)`])
  })

  test('never folds a binary of the wrong architecture, nor another mode', () => {
    expect(
      compare(
        [file('app', { program: elf(62) }), file('tool', { program: elf(62) })],
        [
          file('app', { program: elf(62), sha256: other }),
          file('tool', { program: elf(21), sha256: other, mode: 0o755 }),
        ],
      ).texts,
    ).toEqual(['changed app content', 'changed tool content mode'])
  })

  test('folds nothing between images of one architecture', () => {
    expect(
      compare(
        [file('app', { program: elf(21) })],
        [file('app', { program: elf(21), sha256: other })],
        ['linux/ppc64le', 'linux/ppc64le'],
      ).texts,
    ).toEqual(['changed app content'])
  })

  test('says so where nobody knows the content', () => {
    const unhashed = file('sparse')
    delete (unhashed as { sha256?: string }).sha256
    expect(compare([unhashed], [unhashed]).texts).toEqual(['changed sparse unhashed'])
  })

  test('keeps paths of several architectures in one image apart', () => {
    const both = [file('opt/amd64/app'), file('opt/x64/app')]
    expect(compare(both, [file('opt/ppc64le/app')]).texts).toEqual([
      'changed opt/ppc64le/app path (architecture-name)',
      'removed opt/x64/app',
    ])
  })
})
