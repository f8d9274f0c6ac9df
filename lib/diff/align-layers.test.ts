import { describe, expect, test } from 'vitest'
import { alignLayers } from './align-layers.ts'
import { side } from './testing/sides.ts'

const layers = (...texts: string[]) =>
  texts.map((text) => {
    const [digest = '', createdBy] = text.split(' ← ')
    return { digest, ...(createdBy ? { createdBy } : {}) }
  })

function align(from: string[], to: string[]) {
  const pairs = alignLayers(
    side('linux/amd64', {}, layers(...from)),
    side('linux/ppc64le', {}, layers(...to)),
  )
  return pairs.map(({ relation, from: a, to: b }) => `${relation} ${a ?? '-'}:${b ?? '-'}`)
}

describe('alignLayers', () => {
  test('pairs the same step, with the architecture’s names and digests taken out', () => {
    const sum = (letter: string) => letter.repeat(64)
    expect(
      align(
        [`a ← ADD file:${sum('1')} in /`, 'b ← RUN install x86_64', 'c ← COPY app /'],
        [`d ← ADD file:${sum('2')} in /`, 'e ← RUN install ppc64le', 'c ← COPY app /'],
      ),
    ).toEqual(['same-command 0:0', 'same-command 1:1', 'shared 2:2'])
  })

  test('leaves a layer of one side alone and goes on behind it', () => {
    expect(align(['a ← FROM', 'b ← RUN one', 'c ← RUN two'], ['d ← FROM', 'e ← RUN two'])).toEqual([
      'same-command 0:0',
      'only-from 1:-',
      'same-command 2:1',
    ])
  })

  test('prefers the same content to the same step', () => {
    expect(align(['a ← COPY x', 'b ← COPY x'], ['b ← COPY x'])).toEqual(['only-from 0:-', 'shared 1:0'])
  })

  test('knows the same content under another compression by its diffID', () => {
    const pairs = alignLayers(
      side('linux/amd64', {}, [{ digest: 'gzip', diffId: 'sha256:tar' }]),
      side('linux/amd64', {}, [{ digest: 'zstd', diffId: 'sha256:tar' }]),
    )
    expect(pairs).toEqual([{ relation: 'shared', from: 0, to: 0 }])
  })

  test('takes steps without a text for nothing in common', () => {
    expect(align(['a'], ['b'])).toEqual(['only-from 0:-', 'only-to -:0'])
    expect(align([], [])).toEqual([])
  })
})
