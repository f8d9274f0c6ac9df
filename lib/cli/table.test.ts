import { expect, it } from 'vitest'
import { renderTable, safeText } from './table.ts'

it('columns are as wide as their widest cell, colour aside', () => {
  const red = '\u001b[31mmissing\u001b[39m'
  expect(
    renderTable(
      [{ title: 'A' }, { title: 'SIZE', align: 'right' }],
      [
        [red, '1'],
        ['x', '12345'],
      ],
    ),
  ).toEqual(['A         SIZE', `${red}      1`, 'x        12345'])
})

it('a short row ends where its cells end', () =>
  expect(renderTable([{ title: 'A' }, { title: 'B' }], [['x']])).toEqual(['A  B', 'x']))

it.each([
  ['\u001b[2Jgone', '\\u001b[2Jgone'],
  ['a\u202eb', 'a\\u202eb'],
  ['line\nbreak\r', 'line\\u000abreak\\u000d'],
  ['\u009b31m', '\\u009b31m'],
  ['plain ü 架', 'plain ü 架'],
])('control characters are shown, never obeyed', (text, shown) => expect(safeText(text)).toBe(shown))
