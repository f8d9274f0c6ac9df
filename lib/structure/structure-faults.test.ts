import { expect, test } from 'vitest'
import { structureFaults } from './structure-faults.ts'

const HEAD = 'schemaVersion: "2.0.0"\n'

test.each<[string, string, readonly [number | undefined, RegExp][]]>([
  ['is understood', `${HEAD}commandTests: [{ name: a, command: b }]\n`, []],
  [
    'has mistakes on several lines',
    `${HEAD}commandTests:\n  - { nam: a, command: b }\nlicenseTests: []\n`,
    [
      [3, /name” is missing/],
      [3, /“nam” is no key here/],
      [4, /licences are not judged/],
    ],
  ],
  ['is no YAML', `${HEAD}commandTests: [\n`, [[3, /is no YAML/]]],
  ['holds no test', HEAD, [[undefined, /holds no test/]]],
  ['is not a mapping', '- a\n', [[1, /must be a mapping/]]],
  ['is endless', 'x'.repeat((1 << 20) + 1), [[1, /longer than 1 MiB/]]],
])('a file that %s', (_, text, expected) => {
  const faults = structureFaults(text)
  expect(faults.map(({ line }) => line)).toEqual(expected.map(([line]) => line))
  for (const [at, [, says]] of expected.entries()) expect(faults[at]?.message).toMatch(says)
})

test('of very many mistakes the first are told, and how many there are', () => {
  const faults = structureFaults(HEAD + Array.from({ length: 50 }, (_, at) => `k${at}: 1\n`).join(''))
  expect(faults).toHaveLength(21)
  expect(faults.at(-1)).toEqual({ message: 'There are 30 more.' })
})
