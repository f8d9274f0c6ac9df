import { expect, test } from 'vitest'
import { prettyJson } from './pretty-json.ts'

const pretty = (text: string) =>
  prettyJson(text)
    ?.map((token) => token.text)
    .join('')

test.each([
  ['{"a":1,"b":[true,null,{}],"c":[]}'],
  ['[]'],
  ['{}'],
  ['"text"'],
  ['-1.5'],
  ['{"a":{"b":{"c":[1,2,[3]]}}}'],
  [' {\n "a" : "x, y: {z}" } '],
])('%s is indented as JSON.stringify does', (text) => {
  expect(pretty(text)).toBe(JSON.stringify(JSON.parse(text), undefined, 2))
})

test('what reading into values would lose is kept: duplicate keys, long numbers, escapes', () => {
  const text = '{"size":12345678901234567890,"size":1.0,"e":"\\u202e\\"\\\\"}'
  expect(pretty(text)).toBe('{\n  "size": 12345678901234567890,\n  "size": 1.0,\n  "e": "\\u202e\\"\\\\"\n}')
})

test('keys are told from strings', () => {
  expect(prettyJson('{"a":"b"}')?.map((token) => token.kind)).toEqual([
    'mark',
    'space',
    'key',
    'mark',
    'space',
    'string',
    'space',
    'mark',
  ])
})

test.each([[''], ['{'], ['<html>'], ['{"a":1}}'], ["{'a':1}"]])('%s is not JSON', (text) => {
  expect(prettyJson(text)).toBeUndefined()
})
