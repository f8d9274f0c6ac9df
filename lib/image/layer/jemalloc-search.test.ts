import { describe, expect, it } from 'vitest'
import { JemallocSearch } from './jemalloc-search.ts'

const MESSAGE = '<jemalloc>: Unsupported system page size'
const power = { machine: 21, bits: 64 } as const

describe('jemalloc', () => {
  it('is found however the file is cut', () => {
    const text = Buffer.from(`${'x'.repeat(100)}${MESSAGE}${'y'.repeat(100)}`)
    for (let size = 1; size < text.length; size += 7) {
      const search = new JemallocSearch(power, text.subarray(0, size))
      for (let at = size; at < text.length; at += size) search.push(text.subarray(at, at + size))
      expect(search.isFound).toBe(true)
    }
  })
  it('is not looked for in files of other machines', () =>
    expect(new JemallocSearch({ machine: 62, bits: 64 }, Buffer.from(MESSAGE)).isFound).toBe(false))
  it('is not there', () => {
    const search = new JemallocSearch(power, Buffer.from('<jemalloc>: Unsupported'))
    search.push(Buffer.from(' page size'))
    expect(search.isFound).toBe(false)
  })
})
