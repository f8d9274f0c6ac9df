import { describe, expect, it } from 'vitest'
import { isFallbackTag, splitArchTag } from './tag-groups.ts'

describe('TAG-ARCH', () => {
  const known = new Set(['1.2', 'latest', '1.2-alpine', '1.3-linux'])
  it.each([
    ['1.2-ppc64le', '1.2', 'linux/ppc64le'],
    ['1.2-ppc64el', '1.2', 'linux/ppc64le'],
    ['1.2_amd64', '1.2', 'linux/amd64'],
    ['1.2-x86_64', '1.2', 'linux/amd64'],
    ['1.2-linux-arm64', '1.2', 'linux/arm64'],
    ['1.2_linux_s390x', '1.2', 'linux/s390x'],
    ['1.2-alpine-arm64v8', '1.2-alpine', 'linux/arm64'],
    ['1.3-linux-amd64', '1.3-linux', 'linux/amd64'],
    ['latest-armhf', 'latest', 'linux/arm/v7'],
  ])('%s belongs to %s as %s', (tag, base, platform) =>
    expect(splitArchTag(tag, known)).toEqual({ base, platform }),
  )
  it.each(['1.3-ppc64le', 'ppc64le', '1.2-power', '1.2', '1.2-', '-amd64', '1.2ppc64le'])(
    '%s stands for itself',
    (tag) => expect(splitArchTag(tag, known)).toBeUndefined(),
  )
})

describe('tags that only carry referrers', () => {
  const hex = 'a'.repeat(64)
  it.each([
    `sha256-${hex}`,
    `sha256-${hex}.sig`,
    `sha256-${hex}.att`,
    `sha256-${hex}.sbom`,
    `sha512-${hex}${hex}`,
  ])('%s is one', (tag) => expect(isFallbackTag(tag)).toBe(true))
  it.each([
    'sha256-abc',
    `sha256-${hex}.txt`,
    `sha256-${hex}0`,
    'latest',
    `sha-${hex}`,
    `sha256-${'A'.repeat(64)}`,
  ])('%s is none', (tag) => expect(isFallbackTag(tag)).toBe(false))
})
