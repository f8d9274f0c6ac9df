import { expect, test } from 'vitest'
import { layerFixture } from './fixtures.ts'
import { layerRows } from './layer-rows-model.ts'

const layers = [layerFixture({ sizeBytes: 4 }), layerFixture({ sizeBytes: 1 })]

test('each layer stands beside the step that made it, empty steps between', () => {
  const { rows, mismatch } = layerRows({
    layers,
    history: [
      { createdBy: 'ADD a /', layer: 0 },
      { createdBy: 'ENV A=1' },
      { createdBy: 'COPY b /', layer: 1 },
    ],
  })
  expect(mismatch).toBeUndefined()
  expect(rows.map((row) => [row.position, row.line?.instruction, row.share])).toEqual([
    [1, 'ADD', 1],
    [undefined, 'ENV', undefined],
    [2, 'COPY', 0.25],
  ])
})

test('a history that counts other layers is given to none, and said', () => {
  const { rows, mismatch } = layerRows({ layers, history: [{ createdBy: 'ADD a /', layer: 0 }] })
  expect(mismatch).toEqual({ steps: 1, layers: 2 })
  expect(rows.map((row) => [row.position, row.line?.instruction])).toEqual([
    [1, undefined],
    [2, undefined],
    [undefined, 'ADD'],
  ])
})

test('an image without history still lists its layers, and that is no mismatch', () => {
  const { rows, mismatch } = layerRows({ layers, history: [] })
  expect(rows).toHaveLength(2)
  expect(mismatch).toBeUndefined()
})

test('a scratch image has nothing', () => {
  expect(layerRows({ layers: [], history: [] })).toEqual({ rows: [], omitted: 0 })
})

test('layers without bytes have no bar', () => {
  expect(layerRows({ layers: [layerFixture({ sizeBytes: 0 })], history: [] }).rows[0]?.share).toBe(0)
})

test('thousands of rows are cut, and said', () => {
  const history = Array.from({ length: 5_000 }, () => ({ createdBy: 'ENV A=1' }))
  const { rows, omitted } = layerRows({ layers: [], history })
  expect(rows).toHaveLength(300)
  expect(omitted).toBe(4_700)
})

test('a step may say nothing at all', () => {
  expect(layerRows({ layers: [], history: [{}] }).rows).toEqual([{ key: '0' }])
})
