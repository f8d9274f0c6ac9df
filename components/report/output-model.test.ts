import { expect, test } from 'vitest'
import { executionFixture } from '#lib/report/testing/report-fixtures.ts'
import { outputLimit, shownOutput } from './output-model.ts'

test('streams are told apart in the order they came', () => {
  const execution = executionFixture([
    ['stdout', 'one\n'],
    ['stdout', 'two\n'],
    ['stderr', 'oh'],
    ['stderr', ' no\n'],
    ['stdout', 'three\n'],
  ])
  expect(shownOutput(execution, 1_000).stretches).toEqual([
    { kind: 'lines', stream: 'stdout', text: 'one\ntwo' },
    { kind: 'lines', stream: 'stderr', text: 'oh no' },
    { kind: 'lines', stream: 'stdout', text: 'three' },
  ])
})

test('commands for a terminal are left out, and it is said', () => {
  const shown = shownOutput(
    executionFixture([['stdout', '\u001b[31mred\u001b[0m \u001b]0;title\u0007<b>\n']]),
    1_000,
  )
  expect(shown).toEqual({
    stretches: [{ kind: 'lines', stream: 'stdout', text: 'red <b>' }],
    isStripped: true,
  })
})

test('of a long output beginning and end are shown, and the gap is counted', () => {
  const { stretches } = shownOutput(
    executionFixture([
      ['stdout', 'a'.repeat(5_000)],
      ['stderr', 'b'.repeat(5_000)],
    ]),
    4_000,
  )
  expect(stretches).toEqual([
    { kind: 'lines', stream: 'stdout', text: 'a'.repeat(1_000) },
    { kind: 'omitted', characters: 6_000 },
    { kind: 'lines', stream: 'stderr', text: 'b'.repeat(3_000) },
  ])
})

test('streams that take turns for ever make no endless page', () => {
  const turns = Array.from({ length: 2_000 }, (_, at) => [at % 2 ? 'stdout' : 'stderr', `${at}\n`] as const)
  const { stretches } = shownOutput(executionFixture(turns), 100_000)
  expect(stretches.length).toBeLessThanOrEqual(400)
  expect(
    stretches
      .map((each) => (each.kind === 'lines' ? each.text : ''))
      .join('\n')
      .split('\n'),
  ).toHaveLength(2_000)
})

test('silence is silence', () => {
  expect(shownOutput(executionFixture([]), 1_000).stretches).toEqual([])
})

test('many platforms share what a page can hold', () => {
  expect([1, 4, 20, 200].map(outputLimit)).toEqual([32_000, 32_000, 12_000, 4_000])
})
