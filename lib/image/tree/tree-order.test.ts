import { expect, test } from 'vitest'
import { mergeLayers } from './merge-layers.ts'
import { folderTotals, inPathOrder } from './tree-order.ts'

const own = { type: 'file', mode: 0o644, uid: 0, gid: 0, sizeBytes: 10 } as const
const tree = mergeLayers([
  {
    entries: [
      { ...own, path: 'b/c/d' },
      { ...own, path: 'b/twin', hardLinkTo: 'b/c/d' },
      { ...own, path: 'a' },
    ],
    whiteouts: [],
    opaque: [],
  },
])

test('entries in path order, sorted once', () => {
  expect(inPathOrder(tree).map(({ path }) => path)).toEqual(['a', 'b', 'b/c', 'b/c/d', 'b/twin'])
  expect(inPathOrder(tree)).toBe(inPathOrder(tree))
})

test('folders sum what lies below them, a file with two names once', () => {
  expect([...folderTotals(tree)]).toEqual([
    ['b/c', { paths: 1, sizeBytes: 10 }],
    ['b', { paths: 3, sizeBytes: 10 }],
  ])
  expect(folderTotals(tree)).toBe(folderTotals(tree))
})
