import { expect, test } from 'vitest'
import { diffCommand } from './diff-command.ts'
import { diffFixture } from './fixtures.ts'
import { layerBars, layerPairRows, layerPairsText } from './layer-pairs-model.ts'

const layer = (digest: string, sizeBytes: number, createdBy?: string) => ({
  digest,
  sizeBytes,
  mediaType: 'tar',
  ...(createdBy === undefined ? {} : { createdBy }),
})
const pairs = [
  { relation: 'shared' as const, from: layer('a', 100, 'RUN x'), to: layer('a', 100, 'RUN x') },
  { relation: 'same-command' as const, from: layer('b', 50, 'ADD amd64'), to: layer('c', 25, 'ADD ppc64le') },
  { relation: 'only-to' as const, to: layer('d', 0) },
]

test('sizes are relative to the largest layer of both sides, steps are told once', () => {
  expect(layerPairRows(pairs)).toMatchObject([
    { fromShare: 1, toShare: 1, line: { instruction: 'RUN', rest: 'x' }, steps: ['RUN x'] },
    { fromShare: 0.5, toShare: 0.25, line: { rest: 'ppc64le' }, steps: ['ADD amd64', 'ADD ppc64le'] },
    { fromShare: 0, toShare: 0, steps: [] },
  ])
})

test('both sides are bars, and layers side by side have one colour', () => {
  const bars = layerBars(diffFixture(), pairs, { from: 'linux/amd64', to: 'linux/ppc64le' })
  expect(
    bars.map(({ name, layers }) => [name, layers.map(({ sizeBytes, colour }) => [sizeBytes, colour])]),
  ).toEqual([
    [
      'linux/amd64',
      [
        [100, 0],
        [50, 1],
      ],
    ],
    [
      'linux/ppc64le',
      [
        [100, 0],
        [25, 1],
        [0, 2],
      ],
    ],
  ])
  expect(bars[1]?.href).toContain('platform=linux/ppc64le&view=layers')
})

test('what the picture shows, in words', () =>
  expect(layerPairsText(pairs, 'linux/amd64', 'linux/ppc64le')).toBe(
    '1 shared, 1 of the same step, 1 only in linux/ppc64le',
  ))

test('the command line names what differs alone', () => {
  expect(
    diffCommand({ from: 'a:1', to: 'a:1', fromPlatform: 'linux/amd64', toPlatform: 'linux/ppc64le' }, []),
  ).toBe('archway diff a:1 --from linux/amd64 --to linux/ppc64le')
  expect(
    diffCommand({ from: 'a:1', to: 'a:2', fromPlatform: 'linux/amd64', toPlatform: 'linux/amd64' }, ['all']),
  ).toBe('archway diff a:1 a:2 --from linux/amd64 --unfold all')
  expect(diffCommand({ from: 'a:1', to: 'a:2' }, [])).toBe('archway diff a:1 a:2')
})
