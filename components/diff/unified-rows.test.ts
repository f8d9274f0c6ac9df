import { expect, it } from 'vitest'
import { unifiedRows } from './unified-rows.ts'

const told = { kind: 'unified', addedLines: 1, removedLines: 1, isRough: false, omittedLines: 0 } as const

it('lines have the numbers of their sides, and what is folded away is counted', () => {
  const hunks = [
    { fromStart: 4, fromCount: 2, toStart: 4, toCount: 2, lines: [' same', '-old', '+new'] },
    { fromStart: 9, fromCount: 0, toStart: 10, toCount: 1, lines: ['+added'] },
  ]
  expect(unifiedRows({ ...told, hunks, fromLines: 12, toLines: 13 })).toEqual([
    { kind: 'gap', count: 3 },
    { kind: 'same', from: 4, to: 4, text: 'same' },
    { kind: 'removed', from: 5, text: 'old' },
    { kind: 'added', to: 5, text: 'new' },
    { kind: 'gap', count: 4 },
    { kind: 'added', to: 10, text: 'added' },
    { kind: 'gap', count: 3 },
  ])
})

it('a file that appears has no lines before; a missing line feed is told; a diff that is cut promises nothing', () => {
  const hunks = [
    { fromStart: 0, fromCount: 0, toStart: 1, toCount: 1, lines: ['+--a', '\\ No newline at end of file'] },
  ]
  expect(unifiedRows({ ...told, hunks, fromLines: 0, toLines: 1 })).toEqual([
    { kind: 'added', to: 1, text: '--a' },
    { kind: 'no-line-feed' },
  ])
  expect(unifiedRows({ ...told, hunks: [], fromLines: 9, toLines: 9, omittedLines: 5 })).toEqual([])
})
