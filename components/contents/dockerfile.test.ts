import { describe, expect, test } from 'vitest'
import { dockerfileOf } from './dockerfile.ts'

const body = (history: Parameters<typeof dockerfileOf>[0]) =>
  dockerfileOf(history, undefined).split('\n').slice(4)

describe('a Dockerfile from history', () => {
  test.each([
    ['/bin/sh -c #(nop)  CMD ["bash"]', ['CMD ["bash"]']],
    ['RUN /bin/sh -c apt-get update # buildkit', ['RUN apt-get update']],
    ['COPY app /app # buildkit', ['COPY app /app']],
    [
      '/bin/sh -c #(nop) ADD file:1234 in / ',
      ['# the file’s name in the build context was not kept', 'ADD file:1234 in /'],
    ],
    ['debuerreotype 0.15', ['# not a Dockerfile’s instruction: debuerreotype 0.15']],
    ['   ', ['# a step that says nothing']],
  ])('%j', (createdBy, lines) => expect(body([{ createdBy }])).toEqual(lines))

  test('a line cannot break out of its own', () => {
    expect(body([{ createdBy: 'odd\nRUN rm -rf /\u202e' }])).toEqual([
      '# not a Dockerfile’s instruction: odd RUN rm -rf /<U+202E>',
    ])
  })

  test('says what it does not know', () => {
    expect(dockerfileOf([], undefined)).toContain('# Not known: the base image')
    expect(dockerfileOf([], 'debian:13\nRUN x')).toContain('based on debian:13 RUN x;')
    expect(dockerfileOf([{ layer: 2 }], undefined)).toContain('# layer 3: a step that says nothing')
    expect(dockerfileOf([{ createdBy: `RUN ${'x'.repeat(3_000)}` }], undefined)).toContain('is cut')
  })
})
