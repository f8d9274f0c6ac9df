import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { matchLines } from './match-lines.ts'
import { type UnifiedDiff, unifiedDiff } from './unified-diff.ts'

// Guarantee: what is shown as removed and added turns the one text into the other, and no text costs much.

const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-unified-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Applies a diff as its hunks say, line numbers included. */
function applied(from: string, { hunks }: UnifiedDiff): string {
  const left = from === '' ? [] : from.split(/(?<=\n)/)
  const out: string[] = []
  let at = 0
  for (const { fromStart, fromCount, toStart, toCount, lines } of hunks) {
    const begin = fromCount === 0 ? fromStart : fromStart - 1
    out.push(...left.slice(at, begin))
    expect(out.length).toBe(toCount === 0 ? toStart : toStart - 1)
    const [hasFrom, hasTo] = [out.length + toCount, begin + fromCount]
    lines.forEach((line, index) => {
      const end = lines[index + 1]?.startsWith('\\') ? '' : '\n'
      if (line.startsWith(' ') || line.startsWith('+')) out.push(line.slice(1) + end)
    })
    expect(out.length).toBe(hasFrom)
    at = hasTo
  }
  return [...out, ...left.slice(at)].join('')
}

const numbers = (count: number, change: (n: number) => string = (n) => `${n}`) =>
  Array.from({ length: count }, (_, n) => `${change(n)}\n`).join('')

describe('a unified diff', () => {
  it.each<[string, string, string]>([
    ['nothing and nothing', '', ''],
    ['a file that appears', '', 'a\nb\n'],
    ['a file that goes', 'a\nb\n', ''],
    ['a line in between', 'a\nc\n', 'a\nb\nc\n'],
    ['a line feed that is missing at the end', 'a\nb\n', 'a\nb'],
    ['one that is missing on both sides', 'x\nb', 'y\nb'],
    ['line ends of Windows', 'a\nb\nc\n', 'a\r\nb\r\nc\r\n'],
    ['a carriage return alone', 'a\rb\n', 'a\rc\n'],
    ['empty lines alone', '\n\n\n', '\n\n'],
    ['lines that look like signs', '-a\n+b\n\\ No\n', '+a\n-b\n\\ No\n'],
    ['differences far apart', numbers(60), numbers(60, (n) => (n === 5 || n === 50 ? 'x' : `${n}`))],
    [
      'differences whose contexts touch',
      numbers(20),
      numbers(20, (n) => (n === 5 || n === 12 ? 'x' : `${n}`)),
    ],
    ['lines moved about', numbers(40), numbers(40, (n) => `${(n * 7) % 40}`)],
    ['nothing in common', numbers(3_000), numbers(3_000, (n) => `other ${n}`)],
  ])('of %s turns one into the other', (_, from, to) => {
    for (const context of [0, 3, 100]) {
      expect(applied(from, unifiedDiff(from, to, context))).toBe(to)
      expect(applied(to, unifiedDiff(to, from, context))).toBe(from)
    }
  })

  it('says what `diff -u` says, and `patch` takes it', () => {
    const [from, to] = ['one\ntwo\nthree\nfour', 'one\n2\nthree\nfour\nfive\n']
    const { hunks, addedLines, removedLines } = unifiedDiff(from, to, 3)
    expect(hunks).toEqual([
      {
        fromStart: 1,
        fromCount: 4,
        toStart: 1,
        toCount: 5,
        lines: [' one', '-two', '+2', ' three', '-four', '\\ No newline at end of file', '+four', '+five'],
      },
    ])
    expect([removedLines, addedLines]).toEqual([2, 3])
  })

  it('is as short as the one of diffutils, on text that nobody chose', () => {
    let seed = 7
    const lot = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % most
    }
    for (let round = 0; round < 40; round++) {
      const words = Array.from({ length: lot(120) }, () => `${lot(12)}`)
      const other = words.flatMap((word) => (lot(4) === 0 ? (lot(2) === 0 ? [] : [`${lot(12)}`]) : [word]))
      const [from, to] = [words, other].map((lines) => lines.map((line) => `${line}\n`).join('')) as [
        string,
        string,
      ]
      const told = unifiedDiff(from, to, 3)
      expect(applied(from, told)).toBe(to)
      const [a, b] = [path.join(folder, 'a'), path.join(folder, 'b')]
      writeFileSync(a, from)
      writeFileSync(b, to)
      expect(told.addedLines + told.removedLines).toBe(editsOfDiffutils(a, b))
      expect(readFileSync(a, 'utf8')).toBe(from)
    }
  })

  it('of texts too unlike to be aligned is rough, says so, and is still right', () => {
    const shuffled = numbers(6_000, (n) => `${(n * 2_477) % 6_000}`)
    const told = unifiedDiff(numbers(6_000), shuffled, 3)
    expect(told.isRough).toBe(true)
    expect(applied(numbers(6_000), told)).toBe(shuffled)
  })

  it('that would be endless is cut, and says by how much', () => {
    const told = unifiedDiff('\n'.repeat(131_072), 'a\n'.repeat(131_072), 3)
    expect(told.hunks.flatMap(({ lines }) => lines)).toHaveLength(20_000)
    expect(told.omittedLines).toBe(2 * 131_072 - 20_000)
    expect([told.addedLines, told.removedLines]).toEqual([131_072, 131_072])
  })
})

it('lines that only one side has cost nothing: thousands of them are aligned in full', () => {
  const from = Array.from({ length: 20_000 }, (_, n) => (n % 2 === 0 ? `same ${n}` : `from ${n}`))
  const to = Array.from({ length: 20_000 }, (_, n) => (n % 2 === 0 ? `same ${n}` : `to ${n}`))
  const { matches, isRough } = matchLines(from, to)
  expect(isRough).toBe(false)
  expect(matches).toHaveLength(10_000)
})

/** Lines that `diff -d` adds and removes. */
function editsOfDiffutils(a: string, b: string): number {
  try {
    execFileSync('diff', ['-d', a, b])
    return 0
  } catch (error) {
    const { stdout } = error as { stdout: Buffer }
    return stdout
      .toString()
      .split('\n')
      .filter((line) => /^[<>]/.test(line)).length
  }
}
