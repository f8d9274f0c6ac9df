import { describe, expect, test } from 'vitest'
import { digestOf, layerFixture, platformFixture } from '#components/image/fixtures.ts'
import { costText, pullCost, pullHost, quotaWarning } from './pull-cost.ts'

const shared = layerFixture({ digest: digestOf('a'), sizeBytes: 10_000_000 })
const own = (character: string) => layerFixture({ digest: digestOf(character), sizeBytes: 5_000_000 })
const amd64 = platformFixture('linux/amd64', { layers: [shared, own('1')], sizeBytes: 15_002_000 })
const ppc64le = platformFixture('linux/ppc64le', { layers: [shared, own('2')], sizeBytes: 15_002_000 })

describe('the cost in pulls', () => {
  test('counts shared layers once, and the configs', () => {
    expect(pullCost([amd64, ppc64le])).toEqual({
      pulls: 2,
      sizeBytes: 20_004_000,
      isAtLeast: false,
      sharesLayers: true,
    })
  })

  test('says when a size is not known', () => {
    const { sizeBytes: _unknown, ...unread } = platformFixture('linux/arm64', { layers: [] })
    const cost = pullCost([amd64, unread])
    expect(costText(cost, 'quay.io')).toBe('At most 2 pulls from quay.io, ≥ 15.0 MB compressed.')
  })

  test('is said in words', () => {
    expect(costText(pullCost([amd64, ppc64le]), 'docker.io')).toBe(
      'At most 2 pulls from docker.io, 20.0 MB compressed (shared layers once).',
    )
    expect(costText(pullCost([amd64]), undefined)).toBe(
      'Nothing is pulled: 1 image from this machine, 15.0 MB.',
    )
    expect(costText(pullCost([]), 'docker.io')).toBe('Nothing is pulled.')
  })

  test.each([
    ['docker.io/library/nginx', 'docker.io'],
    ['127.0.0.1:5000/a/b', '127.0.0.1:5000'],
    ['oci:samples/multiarch-app', undefined],
  ])('%s is pulled from %s', (repository, host) => {
    expect(pullHost(repository)).toBe(host)
  })

  const quota = (remaining: number) => ({
    limit: 100,
    remaining,
    windowSeconds: 21_600,
    seenAt: '2026-11-24T00:00:00.000Z',
  })
  test.each([
    [100, undefined],
    [25, undefined],
    [24, 'docker.io lets this address pull 24 more of 100 in 6 hours.'],
    [3, 'docker.io lets this address pull 3 more of 100 in 6 hours: these 4 may not all go through.'],
  ])('with %d pulls left', (remaining, warning) => {
    expect(quotaWarning(quota(remaining), 4, 'docker.io')).toBe(warning)
  })

  test('no limit, no warning', () => {
    expect(quotaWarning(undefined, 4, 'docker.io')).toBeUndefined()
    expect(quotaWarning(quota(0), 4, undefined)).toBeUndefined()
  })
})
