import { describe, expect, test } from 'vitest'
import { parseListening } from './listening.ts'
import { portImage } from './port-image.ts'
import { parsePortAnswer } from './try-port.ts'

describe('a line of the kernel', () => {
  test.each([
    ['   0: 0100007F:2382 00000000:0000', 'amd64', '127.0.0.1:9090'],
    ['   0: 7F000001:2382 00000000:0000', 's390x', '127.0.0.1:9090'],
    ['  12: 00000000:1F90 00000000:0000', 'ppc64le', '0.0.0.0:8080'],
    ['   0: 00000000000000000000000001000000:01BB 0:0', 'arm64', '[::1]:443'],
    ['   0: 00000000000000000000000000000001:01BB 0:0', 's390x', '[::1]:443'],
    ['   1: 00000000000000000000000000000000:FFFF 0:0', 'amd64', '[::]:65535'],
    ['sl local_address', 'amd64', undefined],
    ['   0: 0100007F2382', 'amd64', undefined],
    ['   0: 01:2382 ', 'amd64', undefined],
    ['', 'amd64', undefined],
  ])('%s of %s', (line, architecture, expected) => {
    expect(parseListening(line, architecture)).toBe(expected)
  })
})

describe('what the helper wrote', () => {
  test('an answer, with its status and what listens', () => {
    const text =
      'answered 127.0.0.1 204\nlistening    0: 00000000:1F90 0:0\nlistening    1: 00000000:1F90 0:0\n'
    expect(parsePortAnswer(text, 'amd64')).toEqual({
      answered: true,
      address: '127.0.0.1',
      status: 204,
      listening: ['0.0.0.0:8080'],
    })
  })
  test('silence, with the last status', () => {
    expect(parsePortAnswer('silent 503\n', 'amd64')).toEqual({ answered: false, status: 503, listening: [] })
    expect(parsePortAnswer('silent\nlistening nonsense\n', 'amd64')).toEqual({
      answered: false,
      listening: [],
    })
  })
  test.each(['', 'probe PORT LIMIT_MS [PATH]\n', 'answered 8.8.8.8\n', 'answered\n', 'silent 5030\n'])(
    'something else: %j',
    (text) => {
      expect(parsePortAnswer(text, 'amd64')).toBeUndefined()
    },
  )
})

test.each(['amd64', 'arm64', 'ppc64le', 's390x'])(
  'the helper of %s is the same image each time',
  async (name) => {
    const sizes = await Promise.all(
      [portImage(name), portImage(name)].map(async (image) => {
        let sizeBytes = 0
        for await (const chunk of image?.archive ?? []) sizeBytes += chunk.byteLength
        return { sizeBytes, id: image?.configDigest }
      }),
    )
    expect(sizes[0]).toEqual(sizes[1])
    expect(sizes[0]?.sizeBytes).toBeLessThan(16_384)
  },
)

test.each(['riscv64', 'toString', ''])('there is none for %j', (name) => {
  expect(portImage(name)).toBeUndefined()
})
