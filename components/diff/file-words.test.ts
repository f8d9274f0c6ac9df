import { describe, expect, it, test } from 'vitest'
import { countChanges, fileWords, filterFiles, isSameContent, sizeWords, textHeightPx } from './file-words.ts'
import { fileChange, fileSide } from './fixtures.ts'

test('what changed is told in words', () => {
  const path = 'usr/bin/app'
  expect(
    fileWords(
      fileChange(path, {
        aspects: ['content', 'mode', 'owner'],
        from: fileSide(path, { program: 'x86-64' }),
        to: fileSide(path, { mode: '0755', uid: 1000, gid: 1000, program: 'PowerPC' }),
      }),
    ),
  ).toEqual(['content', 'mode 0644 → 0755', 'owner 0:0 → 1000:1000', 'x86-64 → PowerPC'])
  expect(
    fileWords(
      fileChange(path, {
        aspects: ['type'],
        from: fileSide(path, { type: 'character-device' }),
        to: fileSide(path, { type: 'symlink' }),
      }),
    ),
  ).toEqual(['character device → symlink'])
  expect(fileWords(fileChange(path, { aspects: ['unhashed'] }))).toEqual(['content not compared'])
})

test('what one side has is told by what it is', () => {
  const link = fileSide('lib', { type: 'symlink', linkTarget: 'usr/lib' })
  expect(fileWords({ path: 'lib', change: 'added', aspects: [], to: link })).toEqual(['link to usr/lib'])
  const name = fileSide('b', { hardLinkTo: 'a', program: 'x86-64' })
  expect(fileWords({ path: 'b', change: 'removed', aspects: [], from: name })).toEqual([
    'file',
    'another name of a',
    'x86-64',
  ])
})

test('sizes: one where they agree, none of what has none', () => {
  expect(sizeWords(fileChange('a'))).toBe('10 B')
  expect(sizeWords(fileChange('a', { to: fileSide('a', { sizeBytes: 2_000 }) }))).toBe('10 B → 2.0 kB')
  const folder = fileSide('a', { type: 'directory', sizeBytes: 0 })
  expect(sizeWords({ path: 'a', change: 'added', aspects: [], to: folder })).toBe('')
})

test('a filter takes part of a path, of either side, and kinds of changes', () => {
  const files = [
    fileChange('usr/lib/powerpc64le-linux-gnu/a', { from: fileSide('usr/lib/x86_64-linux-gnu/a') }),
    fileChange('opt/B', { change: 'added' }),
    fileChange('opt/c', { change: 'removed' }),
  ]
  const paths = (q: string, ...changes: string[]) =>
    filterFiles(files, { q, changes }).map(({ path }) => path)
  expect(paths('/opt/b')).toEqual(['opt/B'])
  expect(paths('x86_64')).toEqual(['usr/lib/powerpc64le-linux-gnu/a'])
  expect(paths('', 'added', 'removed')).toEqual(['opt/B', 'opt/c'])
  expect(paths('')).toHaveLength(3)
  expect(countChanges(files)).toEqual({ added: 1, removed: 1, changed: 1 })
})

describe('the place for a line by line comparison', () => {
  it('is as high as the sizes let one guess, and not there where there will be no text', () => {
    const text = fileSide('a', { sizeBytes: 1_000 })
    expect(textHeightPx(fileSide('a', { sizeBytes: 1 }), undefined)).toBe(84)
    expect(textHeightPx(text, fileSide('a', { sizeBytes: 200_000 }))).toBe(380)
    expect(textHeightPx(text, fileSide('a', { sizeBytes: 300_000 }))).toBeUndefined()
    expect(textHeightPx(text, fileSide('a', { type: 'symlink' }))).toBeUndefined()
    expect(textHeightPx(text, fileSide('a', { program: 'x86-64' }))).toBeUndefined()
    expect(textHeightPx(undefined, undefined)).toBeUndefined()
  })

  it('is not asked for where the content is the same', () => {
    expect(isSameContent(fileChange('a', { aspects: ['mode', 'owner'] }))).toBe(true)
    expect(isSameContent(fileChange('a', { aspects: ['unhashed'] }))).toBe(false)
    expect(isSameContent(fileChange('a', { change: 'added', aspects: [] }))).toBe(false)
  })
})
