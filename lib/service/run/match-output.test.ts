import { expect, it } from 'vitest'
import { parseOutputExpectation } from '#lib/report/output-expectation.ts'
import { matchOutput } from './match-output.ts'
import { OutputRecorder } from './output-recorder.ts'

const match = (expectation: string, ...texts: string[]) =>
  matchOutput(parseOutputExpectation(expectation), texts)

it.each([
  ['Welcome', ['a', 'Welcome to'], true],
  ['Welcome', ['welcome'], false],
  ['/^welcome/im', ['x\nWelcome'], true],
  ['/^b$/', ['a\nb'], false],
] as const)('%j in %j: %j', (expectation, texts, found) => expect(match(expectation, ...texts)).toBe(found))

it('a pattern that would take for ever is given up', () => {
  const started = performance.now()
  expect(match('/^(a+)+$/', `${'a'.repeat(40)}b`)).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(10_000)
})

it('a pattern that does not compile after all is an error of ours', () =>
  expect(() => matchOutput({ kind: 'pattern', source: '(', flags: '' }, [''])).toThrow(
    'Invalid regular expression',
  ))

it('output keeps its order, its streams and whole characters', () => {
  const told: string[] = []
  const recorder = new OutputRecorder((stream, text) => told.push(`${stream}:${text}`))
  const euro = Buffer.from('€')
  recorder.take({ stream: 'stdout', bytes: Buffer.from('a') })
  recorder.take({ stream: 'stdout', bytes: euro.subarray(0, 2) })
  recorder.take({ stream: 'stderr', bytes: Buffer.from('oops') })
  recorder.take({ stream: 'stdout', bytes: euro.subarray(2) })
  recorder.take({ stream: 'stderr', bytes: euro.subarray(0, 1) })
  recorder.end()
  expect(recorder.output).toBe('aoops€\ufffd')
  expect(recorder.parts).toEqual([
    { stream: 'stdout', length: 1 },
    { stream: 'stderr', length: 4 },
    { stream: 'stdout', length: 1 },
    { stream: 'stderr', length: 1 },
  ])
  expect(recorder.textOf('stdout')).toBe('a€')
  expect(told).toEqual(['stdout:a', 'stderr:oops', 'stdout:€', 'stderr:\ufffd'])
})
