import { expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { FailedLayers } from './failed-layers.ts'

const broken = new AppError('layer_invalid', 'It is broken.')

test('a layer that is broken stays so for five minutes', () => {
  let nowMs = 0
  const failed = new FailedLayers(() => new Date(nowMs))
  failed.note('a', broken)
  expect(failed.get('a')).toBe(broken)
  expect(failed.get('b')).toBeUndefined()
  nowMs = 299_999
  expect(failed.get('a')).toBe(broken)
  nowMs = 300_000
  expect(failed.get('a')).toBeUndefined()
})

test('a clock that was put back ends it', () => {
  let nowMs = 1_000
  const failed = new FailedLayers(() => new Date(nowMs))
  failed.note('a', broken)
  nowMs = 0
  expect(failed.get('a')).toBeUndefined()
})

test.each([
  'registry_unavailable',
  'cancelled',
  'internal',
  'blob_unknown',
  'layer_diff_id_mismatch',
] as const)('%s says nothing of the layer', (code) => {
  const failed = new FailedLayers(() => new Date(0))
  failed.note('a', new AppError(code, 'no'))
  failed.note('a', new Error('no'))
  expect(failed.get('a')).toBeUndefined()
})

test('is bounded', () => {
  const failed = new FailedLayers(() => new Date(0))
  for (let at = 0; at < 600; at++) failed.note(String(at), broken)
  expect([failed.get('0'), failed.get('99')]).toEqual([undefined, undefined])
  expect(failed.get('100')).toBe(broken)
})
