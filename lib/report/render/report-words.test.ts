import { expect, it } from 'vitest'
import { secondsText } from './report-words.ts'

it.each([
  [0, '0.0 s'],
  [0.4, '1 ms'],
  [12, '12 ms'],
  [95, '0.1 s'],
  [1_234, '1.2 s'],
  [90_000, '90.0 s'],
])('%d ms are %s: what took time never took none', (durationMs, text) =>
  expect(secondsText(durationMs)).toBe(text),
)
