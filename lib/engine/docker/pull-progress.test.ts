import { expect, test } from 'vitest'
import { PullProgressCounter } from './pull-progress.ts'

const downloading = (id: string, current: number, total?: number) => ({
  id,
  status: 'Downloading',
  progressDetail: { current, ...(total !== undefined && { total }) },
})
const a = 'a'.repeat(12)
const b = 'b'.repeat(12)

test('with the manifest’s sizes the total is known at once, and a layer that never reports counts whole', () => {
  const counter = new PullProgressCounter([
    { digest: `sha256:${a}${'0'.repeat(52)}`, sizeBytes: 100 },
    { digest: `sha256:${b}${'0'.repeat(52)}`, sizeBytes: 50 },
  ])
  expect(counter.progress()).toEqual({ phase: 'downloading', doneBytes: 0, totalBytes: 150 })
  expect(counter.take(downloading(a, 30))).toMatchObject({ doneBytes: 30 })
  expect(counter.take({ id: b, status: 'Already exists' })).toMatchObject({ doneBytes: 80 })
  expect(counter.take({ id: a, status: 'Download complete' })).toEqual({
    phase: 'extracting',
    doneBytes: 150,
    totalBytes: 150,
  })
})

test('without them it counts what the engine tells', () => {
  const counter = new PullProgressCounter()
  counter.take({ id: a, status: 'Pulling fs layer' })
  expect(counter.take(downloading(a, 10, 40))).toEqual({
    phase: 'downloading',
    doneBytes: 10,
    totalBytes: 40,
  })
  expect(counter.finish()).toEqual({ phase: 'extracting', doneBytes: 40, totalBytes: 40 })
})

test('a retry that starts anew does not count backwards', () => {
  const counter = new PullProgressCounter()
  counter.take(downloading(a, 30, 40))
  expect(counter.take(downloading(a, 5, 40))).toBeUndefined()
})

test('what changes nothing, and what is about no layer, is not told', () => {
  const counter = new PullProgressCounter()
  counter.take(downloading(a, 30, 40))
  expect(counter.take(downloading(a, 30, 40))).toBeUndefined()
  expect(counter.take({ status: 'Digest: sha256:aa' })).toBeUndefined()
  expect(counter.take({ id: 'latest', status: 'Pulling from power/app' })).toBeUndefined()
})
