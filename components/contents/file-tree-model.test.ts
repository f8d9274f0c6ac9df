import { describe, expect, test } from 'vitest'
import { matchesFile } from '#lib/api/match-file.ts'
import { buildFileTree, type FileEntry, fileRows, foldersAbove, pathsToShow } from './file-tree-model.ts'

const entry = (path: string, more: Partial<FileEntry> = {}): FileEntry => ({
  path,
  type: 'file',
  mode: '0644',
  uid: 0,
  gid: 0,
  sizeBytes: 10,
  layer: 0,
  ...more,
})

const entries = [
  entry('bin', { type: 'symlink', linkTarget: 'usr/bin', sizeBytes: 0 }),
  entry('etc/passwd'),
  entry('usr', { type: 'directory', sizeBytes: 0 }),
  entry('usr/bin', { type: 'directory', sizeBytes: 0 }),
  entry('usr/bin/su', { mode: '4755', sizeBytes: 100, layer: 1 }),
  entry('usr/bin/twin', { hardLinkTo: 'usr/bin/su', mode: '4755', sizeBytes: 100, layer: 1 }),
]
const tree = buildFileTree(entries)
const nothing = { q: '', type: undefined, layer: undefined }
const matching = (filter: object) =>
  entries.filter((each) => matchesFile(each, { ...nothing, ...filter })).map(({ path }) => path)

describe('the tree', () => {
  test('has folders first, and those that no entry tells of', () => {
    expect(tree.map(({ path, entry: own }) => [path, own?.type])).toEqual([
      ['etc', undefined],
      ['usr', 'directory'],
      ['bin', 'symlink'],
    ])
  })

  test('sums folders, a file with two names once', () => {
    expect(tree.map(({ sizeBytes }) => sizeBytes)).toEqual([10, 100, 0])
  })

  test('of which only the top is known says what a folder holds', () => {
    const top = [
      entry('', { type: 'directory' }),
      entry('usr', { type: 'directory', below: { paths: 3, sizeBytes: 100 } }),
    ]
    expect(buildFileTree(top).map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([['usr', 100]])
  })

  test('a layer that gives a path below a file makes it a folder', () => {
    expect(buildFileTree([entry('a/b'), entry('a')])[0]).toMatchObject({ isFolder: true, sizeBytes: 10 })
  })

  test('shows what is unfolded, each row with its place among its siblings', () => {
    const rows = fileRows(tree, (path) => path === 'usr')
    expect(rows.map(({ node, position, siblings }) => [node.path, position, siblings])).toEqual([
      ['etc', 1, 3],
      ['usr', 2, 3],
      ['usr/bin', 1, 1],
      ['bin', 3, 3],
    ])
  })

  test('12,000 entries are all there', () => {
    const many = Array.from({ length: 12_000 }, (_, at) => entry(`d${at % 40}/e${at % 900}/f${at}`))
    expect(fileRows(buildFileTree(many), () => true).length).toBeGreaterThan(12_000)
  })
})

describe('the filter', () => {
  test.each([
    [{ q: '/ETC' }, ['etc/passwd']],
    [{ type: 'links' }, ['bin', 'usr/bin/twin']],
    [{ type: 'setuid' }, ['usr/bin/su', 'usr/bin/twin']],
    [{ type: 'executable' }, ['usr/bin/su', 'usr/bin/twin']],
    [{ type: 'files', layer: 0 }, ['etc/passwd']],
  ])('%j', (filter, paths) => expect(matching(filter)).toEqual(paths))

  test('keeps the folders above what it finds', () => {
    const shown = pathsToShow(entries, { ...nothing, q: 'twin' })
    expect(fileRows(tree, () => true, shown).map(({ node }) => node.path)).toEqual([
      'usr',
      'usr/bin',
      'usr/bin/twin',
    ])
  })

  test('the folders above a path', () => expect(foldersAbove('a/b/c')).toEqual(['a', 'a/b']))
})
