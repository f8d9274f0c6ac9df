import { expect, test } from 'vitest'
import type { EngineDto } from '#lib/api/engines.ts'
import { glanceAtPlatforms, probeSummary } from './platform-glance-model.ts'

const engine = (
  name: string,
  platforms: EngineDto['platforms'],
  more: Partial<EngineDto> = {},
): EngineDto => ({
  name,
  address: 'unix:///x',
  foundBy: 'archway.yaml',
  state: 'ready',
  platforms,
  ...more,
})
const laptop = engine('laptop', [
  { platform: 'linux/amd64', mode: 'native' },
  { platform: 'linux/ppc64le', mode: 'emulated' },
  { platform: 'linux/s390x', mode: 'cannot', reason: 'archway.yaml does not give it.', withheld: true },
])
const power = engine('power', [{ platform: 'linux/ppc64le', mode: 'native' }])
const kinds = (...engines: EngineDto[]) =>
  glanceAtPlatforms(engines).map(({ platform, kind, engines: by }) => [platform, kind, ...by].join(' '))

test('native wins over emulated, and what nothing runs is a hole', () => {
  expect(kinds(laptop, power)).toEqual([
    'linux/amd64 native laptop',
    'linux/arm64 none',
    'linux/ppc64le native power',
    'linux/s390x none',
  ])
  expect(glanceAtPlatforms([laptop]).map(({ withheldFrom }) => withheldFrom)).toEqual([
    [],
    [],
    [],
    ['laptop'],
  ])
})

test('with no engine all four are holes', () =>
  expect(kinds().every((line) => line.endsWith('none'))).toBe(true))

test('nothing is called a hole while an engine is still asked', () =>
  expect(kinds(engine('new', [], { state: 'unavailable', probing: true }), power)).toEqual([
    'linux/amd64 unknown',
    'linux/arm64 unknown',
    'linux/ppc64le native power',
    'linux/s390x unknown',
  ]))

test('other platforms follow', () =>
  expect(kinds(engine('arm', [{ platform: 'linux/arm/v7', mode: 'native' }])).at(-1)).toBe(
    'linux/arm/v7 native arm',
  ))

test('a probe in words', () => {
  expect(probeSummary(laptop)).toBe('laptop was probed: it runs 2 of 3 platforms')
  expect(probeSummary(engine('x', [], { state: 'unavailable' }))).toBe('x is unavailable.')
})
