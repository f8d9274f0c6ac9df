import { expect, test } from 'vitest'
import { fileHash, pathOfHash, textLineOfHash } from './file-hash.ts'

test.each(['usr/bin/app', 'a b/ü#%.txt', '', 'info/libc6:amd64', 'odd:R12'])(
  'the fragment of “%s” leads back to it, and to a line of it',
  (path) => {
    expect(pathOfHash(fileHash(path))).toBe(path)
    expect(textLineOfHash(fileHash(path))).toBeUndefined()
    const hash = fileHash(path, { side: 'to', number: 12 })
    expect([pathOfHash(hash), textLineOfHash(hash)]).toEqual([path, { side: 'to', number: 12 }])
  },
)

test.each(['', '#files', '#file-%E0%A4%A', '#files:R1'])('“%s” leads to no file', (hash) =>
  expect(pathOfHash(hash)).toBeUndefined(),
)

test.each(['#file-a:R0', '#file-a:X1', '#file-a:L', '#packages/a:R1'])('“%s” names no line', (hash) =>
  expect(textLineOfHash(hash)).toBeUndefined(),
)
