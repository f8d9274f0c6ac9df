import { expect, test } from 'vitest'
import type { DiffResponse } from '#lib/api/diff.ts'
import { type DiffState, diffConclusion, layersToRead } from './diff-conclusion.ts'
import { diffFixture, fileChange } from './fixtures.ts'

type Severity = DiffResponse['summary']['highlights'][number]['severity']

const found = (...severities: Severity[]): Partial<DiffResponse> => ({
  summary: {
    text: 'x',
    highlights: severities.map((severity) => ({ kind: 'config-drift', severity, text: 'y' })),
    isAcrossArchitectures: true,
  },
})
const same = (platform: string) => ({ ...diffFixture().from, platform })

test.each<[string, Partial<DiffResponse>, DiffState, string]>([
  [
    'an error is red, also before all was read',
    found('info', 'error'),
    'reading',
    'fail Something is wrong.',
  ],
  ['while layers are read nothing is green', {}, 'reading', 'neutral So far:'],
  ['a layer that could not be read', { complete: false }, 'done', 'warn Not all of it was looked at.'],
  ['layers that could not be asked for', {}, 'failed', 'warn Not all of it was looked at.'],
  ['a warning', found('warning'), 'done', 'warn Worth a look.'],
  ['notes alone', { ...found('info'), files: [fileChange('a')] }, 'done', 'pass Nothing stands out.'],
  [
    'what is expected alone',
    { files: [fileChange('a', { folded: 'native-binary' })] },
    'done',
    'pass Nothing differs but what must.',
  ],
  [
    'one image on both sides',
    { from: same('linux/amd64'), to: same('linux/amd64') },
    'reading',
    'neutral Identical.',
  ],
  [
    'one image for two platforms is not called identical',
    { ...found('error'), from: same('linux/amd64'), to: same('linux/ppc64le') },
    'done',
    'fail Something is wrong.',
  ],
])('%s', (_, diff, state, said) => {
  const { tone, lead } = diffConclusion(diffFixture(diff), state)
  expect(`${tone} ${lead}`).toBe(said)
})

test('a layer of both sides is read once', () => {
  const layer = (digest: string, sizeBytes: number) => ({ digest, sizeBytes, mediaType: 'tar' })
  const layers: DiffResponse['layers'] = [
    { relation: 'shared', from: layer('a', 10), to: layer('a', 10) },
    { relation: 'same-command', from: layer('b', 1), to: layer('c', 2) },
    { relation: 'only-to', to: layer('d', 4) },
  ]
  expect(layersToRead(diffFixture({ layers }))).toEqual({ count: 4, sizeBytes: 17 })
})
