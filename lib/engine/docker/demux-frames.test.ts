import { describe, expect, test } from 'vitest'
import { FrameDemultiplexer } from './demux-frames.ts'
import { frame } from './testing/fake-engine.ts'

function demultiplex(...pieces: readonly Uint8Array[]) {
  const frames = new FrameDemultiplexer()
  const read = { stdout: '', stderr: '' }
  for (const piece of pieces) {
    frames.push(piece, ({ stream, bytes }) => {
      read[stream] += Buffer.from(bytes).toString('latin1')
    })
  }
  return { ...read, isAtEnd: frames.isAtEnd }
}

const three = Buffer.concat([frame(1, 'out '), frame(2, 'err'), frame(1, ''), frame(1, 'put')])
const whole = { stdout: 'out put', stderr: 'err', isAtEnd: true }

describe('the attach stream', () => {
  test('in one piece', () => expect(demultiplex(three)).toEqual(whole))
  test('cut in two anywhere', () => {
    for (let at = 0; at <= three.length; at++) {
      expect(demultiplex(three.subarray(0, at), three.subarray(at))).toEqual(whole)
    }
  })
  test('byte by byte', () => {
    expect(demultiplex(...Array.from(three, (byte) => Uint8Array.of(byte)))).toEqual(whole)
  })
  test('the output of a large frame comes before its end', () => {
    const half = frame(1, 'x'.repeat(1_000)).subarray(0, 500)
    expect(demultiplex(half)).toEqual({ stdout: 'x'.repeat(492), stderr: '', isAtEnd: false })
  })
  test('stdin’s frames, which some engines send for stdout, are stdout', () => {
    expect(demultiplex(frame(0, 'a'))).toMatchObject({ stdout: 'a' })
  })
  test('an end within a header is not the end', () => {
    expect(demultiplex(Uint8Array.of(1, 0, 0))).toMatchObject({ isAtEnd: false })
  })
  test.each([
    ['an unknown stream', [3, 0, 0, 0, 0, 0, 0, 1]],
    ['padding that is none', [1, 0, 1, 0, 0, 0, 0, 1]],
    ['a size beyond reason', [1, 0, 0, 0, 1, 0, 0, 1]],
    ['plain text', [...Buffer.from('Running ')]],
  ])('%s is no frame', (_, bytes) => expect(() => demultiplex(Uint8Array.from(bytes))).toThrow(RangeError))
})
