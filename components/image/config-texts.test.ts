import { expect, test } from 'vitest'
import { commandLine } from './command-line.ts'
import { envEntry } from './env-entry.ts'

test.each([
  ['PATH=/bin', ['PATH', '/bin']],
  ['A=b=c', ['A', 'b=c']],
  ['EMPTY=', ['EMPTY', '']],
  ['NAKED', ['NAKED', '']],
  ['=odd', ['', 'odd']],
])('%s of the environment is split at its first equals sign', (entry, expected) => {
  expect(envEntry(entry)).toEqual(expected)
})

test.each([
  [['/app'], '/app'],
  [['sh', '-c', 'echo hi'], "sh -c 'echo hi'"],
  [['nginx', '-g', 'daemon off;'], "nginx -g 'daemon off;'"],
  [['a', ''], "a ''"],
  [[], ''],
])('%j reads %s', (words, line) => {
  expect(commandLine(words)).toBe(line)
})
