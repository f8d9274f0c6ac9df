import { describe, expect, it } from 'vitest'
import { ReadingLine } from './reading-line.ts'

const progress = { layers: 5, layersDone: 3, sizeBytes: 166e6, readBytes: 40.2e6, entries: 12_345 }
const TEXT = 'reading layers: 3 of 5, 40.2 MB of 166.0 MB, 12345 entries'

function written(isTTY: boolean, atMs: readonly number[]): string {
  const texts: string[] = []
  let nowMs = 0
  const stream = { isTTY, columns: 80, write: (more: string) => texts.push(more) > 0 }
  const line = new ReadingLine(stream as never, () => nowMs)
  for (nowMs of atMs) line.show(progress)
  line.end()
  return texts.join('')
}

describe('ReadingLine', () => {
  it('is drawn over on a terminal, and wiped', () =>
    expect(written(true, [10, 150, 160, 300])).toBe(`\r\u001b[2K${TEXT}\r\u001b[2K${TEXT}\r\u001b[2K`))
  it('is a new line now and then elsewhere', () =>
    expect(written(false, [10, 4_000, 5_100, 6_000, 10_200])).toBe(`${TEXT}\n${TEXT}\n`))
  it('is nothing where all is done before', () => expect(written(false, [1, 2_000])).toBe(''))
})
