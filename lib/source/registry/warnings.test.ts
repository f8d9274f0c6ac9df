import { expect, test } from 'vitest'
import { parseWarnings, Warnings } from './warnings.ts'

test.each<[string, string[]]>([
  ['299 - "Your token expires soon."', ['Your token expires soon.']],
  ['299 registry.example "a", 299 - "b"', ['a', 'b']],
  [String.raw`299 - "say \"hi\", will you"`, ['say "hi", will you']],
  ['299 - "with a date" "Wed, 21 Oct 2015 07:28:00 GMT"', ['with a date']],
  ['299 - "line\u0007bell"', ['line bell']],
  ['199 - "other code"', []],
  ['299 - unquoted', []],
  ['299 - "unfinished', []],
  ['299 - ""', []],
  ['', []],
])('%j', (line, texts) => {
  expect(parseWarnings(line)).toEqual(texts)
})

test('each text is kept once, twenty at most, and long ones are cut', () => {
  const warnings = new Warnings()
  warnings.observe(undefined)
  warnings.observe('299 - "first"')
  warnings.observe(['299 - "first"', `299 - "${'x'.repeat(2_000)}"`])
  for (let i = 0; i < 100; i++) warnings.observe(`299 - "${i}"`)
  expect(warnings.texts).toHaveLength(20)
  expect(warnings.texts[0]).toBe('first')
  expect(warnings.texts[1]).toHaveLength(501)
})
