import { expect, test } from 'vitest'
import { configFixture, platformFixture } from '#components/image/fixtures.ts'
import { validatedPlatforms } from './validated-platforms.ts'

test('a second entry of a platform is never pulled, and a child without a label has its config’s', () => {
  const { rawPlatform: _unsaid, ...unlabelled } = platformFixture('unknown/unknown', {
    config: configFixture('linux/arm64'),
  })
  const platforms = validatedPlatforms([
    platformFixture('linux/amd64'),
    platformFixture('linux/amd64', { sizeBytes: 1 }),
    unlabelled,
  ])
  expect(platforms.map(({ platform, os, sizeBytes }) => [platform, os, sizeBytes])).toEqual([
    ['linux/amd64', 'linux', 1_000_000],
    ['linux/arm64', 'linux', 1_000_000],
  ])
})
