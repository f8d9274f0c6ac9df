import { expect, test } from 'vitest'
import { splitWords } from './split-words.ts'

test.each([
  ['', []],
  ['  ', []],
  ['nginx -t', ['nginx', '-t']],
  ["sh -c 'echo hello'", ['sh', '-c', 'echo hello']],
  ['say "it\'s" ""', ['say', "it's", '']],
  ['a\\ b c\\\\d', ['a b', 'c\\d']],
  ['"a\\"b\\n"', ['a"b\\n']],
  ["'$HOME' $HOME `id`", ['$HOME', '$HOME', '`id`']],
  ["pre'mid'post", ['premidpost']],
])('%j is %j', (line, words) => {
  expect(splitWords(line)).toEqual({ kind: 'words', words })
})

test.each([
  ["echo 'open", "A ' is never closed."],
  ['echo "open', 'A " is never closed.'],
  ['echo \\', 'It ends with a backslash.'],
])('%j is not understood', (line, reason) => {
  expect(splitWords(line)).toEqual({ kind: 'wrong', reason })
})
