import { describe, expect, test } from 'vitest'
import { platformFixture } from '#components/image/fixtures.ts'
import { engineFixture } from './engine-fixtures.ts'
import { defaultPlatforms, platformChoices } from './platform-choices.ts'
import { validatedPlatforms } from './validated-platforms.ts'

const platforms = validatedPlatforms(
  ['linux/amd64', 'linux/ppc64le', 'linux/riscv64', 'windows/amd64'].map((each) => platformFixture(each)),
)
const offers = (...engines: ReturnType<typeof engineFixture>[]) =>
  platformChoices(platforms, { engines, problems: [] }).map(({ offer }) => offer.kind)

describe('what can be chosen', () => {
  test('is native, emulated, untried, or nothing here can run it', () => {
    expect(offers(engineFixture())).toEqual(['native', 'emulated', 'untried', 'cannot'])
  })

  test('native beats emulated, whichever engine comes first', () => {
    const power = engineFixture({
      name: 'power',
      platforms: [
        { platform: 'linux/ppc64le', mode: 'native' },
        { platform: 'linux/amd64', mode: 'cannot', reason: 'no emulator' },
      ],
    })
    expect(offers(engineFixture(), power).slice(0, 2)).toEqual(['native', 'native'])
    expect(offers(power)[0]).toBe('cannot')
  })

  test('an engine that does not answer offers nothing', () => {
    expect(offers(engineFixture({ state: 'unavailable' }))).toEqual(['cannot', 'cannot', 'cannot', 'cannot'])
    expect(offers()).toEqual(['cannot', 'cannot', 'cannot', 'cannot'])
  })

  test('nobody has answered yet', () => {
    expect(platformChoices(platforms, undefined).map(({ offer }) => offer.kind)).toEqual([
      'asking',
      'asking',
      'asking',
      'asking',
    ])
  })

  test('what nothing can run is not chosen beforehand', () => {
    const choices = platformChoices(platforms, { engines: [engineFixture()], problems: [] })
    expect(defaultPlatforms(choices)).toEqual(['linux/amd64', 'linux/ppc64le', 'linux/riscv64'])
  })
})
