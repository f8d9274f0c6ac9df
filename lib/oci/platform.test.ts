import { describe, expect, it } from 'vitest'
import {
  comparePlatformTexts,
  isUnknownPlatform,
  type Platform,
  PRIMARY_PLATFORMS,
  parsePlatform,
  platformKey,
  platformsAgree,
  platformText,
  rawPlatformText,
} from './platform.ts'

const of = (os: string, architecture: string, variant?: string, osVersion?: string): Platform => ({
  os,
  architecture,
  ...(variant === undefined ? {} : { variant }),
  ...(osVersion === undefined ? {} : { osVersion }),
})

describe('the canonical platform', () => {
  it.each([
    [of('linux', 'amd64'), 'linux/amd64'],
    [of('linux', 'x86_64'), 'linux/amd64'],
    [of('linux', 'x86-64'), 'linux/amd64'],
    [of('linux', 'amd64', 'v1'), 'linux/amd64'],
    [of('linux', 'amd64', 'v2'), 'linux/amd64/v2'],
    [of('linux', 'aarch64'), 'linux/arm64'],
    [of('linux', 'arm64', 'v8'), 'linux/arm64'],
    [of('linux', 'arm64', '8'), 'linux/arm64'],
    [of('linux', 'arm64', 'v8.0'), 'linux/arm64'],
    [of('linux', 'arm64', 'v8.1'), 'linux/arm64/v8.1'],
    [of('linux', 'arm64', '9'), 'linux/arm64/v9'],
    [of('linux', 'arm64', 'v9.0'), 'linux/arm64/v9'],
    [of('linux', 'arm'), 'linux/arm/v7'],
    [of('linux', 'arm', '7'), 'linux/arm/v7'],
    [of('linux', 'arm', '6'), 'linux/arm/v6'],
    [of('linux', 'arm', 'v5'), 'linux/arm/v5'],
    [of('linux', 'arm', '8'), 'linux/arm/v8'],
    [of('linux', 'armhf'), 'linux/arm/v7'],
    [of('linux', 'armel'), 'linux/arm/v6'],
    [of('linux', 'i386'), 'linux/386'],
    [of('linux', 'ppc64le'), 'linux/ppc64le'],
    [of('linux', 'ppc64le', 'power9'), 'linux/ppc64le/power9'],
    [of('linux', 'riscv64', 'rva20u64'), 'linux/riscv64/rva20u64'],
    [of('linux', 's390x'), 'linux/s390x'],
    [of('Linux', 'AMD64'), 'linux/amd64'],
    [of('macos', 'arm64'), 'darwin/arm64'],
    [of('', 'amd64'), 'unknown/amd64'],
    [of('linux', ''), 'linux/unknown'],
    [of('', ''), 'unknown/unknown'],
    [of('windows', 'amd64', undefined, '10.0.17763.1'), 'windows/amd64'],
    [of('linux', 'constructor'), 'linux/constructor'],
  ])('of %o is %s, and is its own canonical form', (raw, text) => {
    expect(platformText(raw)).toBe(text)
    if (!text.includes('unknown')) expect(platformText(parsePlatform(text))).toBe(text)
  })

  it('never stands in for what the index says', () => {
    expect(rawPlatformText(of('linux', 'aarch64', 'v8'))).toBe('linux/aarch64/v8')
    expect(rawPlatformText(of('', ''))).toBe('unknown/unknown')
  })

  it('tells Windows builds apart by key, not by text', () => {
    const [old, current] = [
      of('windows', 'amd64', undefined, '10.0.17763.1'),
      of('windows', 'amd64', undefined, '10.0.20348.1'),
    ]
    expect(platformKey(old)).toBe('windows(10.0.17763.1)/amd64')
    expect(platformKey(old)).not.toBe(platformKey(current))
    expect(platformText(old)).toBe(platformText(current))
    expect(platformKey(of('linux', 'arm64', 'v8'))).toBe(platformKey(of('linux', 'aarch64')))
  })
})

describe('comparing', () => {
  it.each([
    [of('linux', 'arm64'), of('linux', 'aarch64', 'v8'), true],
    [of('linux', 'arm'), of('linux', 'arm', 'v7'), true],
    [of('linux', 'arm', 'v6'), of('linux', 'arm', 'v7'), false],
    [of('linux', 'arm', 'v6'), of('linux', 'arm'), true],
    [of('linux', 'ppc64le'), of('linux', 'ppc64le', 'power9'), true],
    [of('linux', 'ppc64le', 'power8'), of('linux', 'ppc64le', 'power9'), false],
    [of('linux', 'ppc64'), of('linux', 'ppc64le'), false],
    [of('linux', 'amd64'), of('windows', 'amd64'), false],
    [of('windows', 'amd64', undefined, '1'), of('windows', 'amd64', undefined, '2'), false],
    [of('windows', 'amd64', undefined, '1'), of('windows', 'amd64'), true],
  ])('what %o and %o say can both be true: %s', (a, b, expected) => {
    expect(platformsAgree(a, b)).toBe(expected)
    expect(platformsAgree(b, a)).toBe(expected)
  })

  it.each([
    [of('unknown', 'unknown'), true],
    [of('', ''), true],
    [of('linux', 'unknown'), true],
    [of('', 'ppc64le'), true],
    [of('Unknown', 'AMD64'), true],
    [of('linux', 'ppc64le'), false],
  ])('%o is unknown: %s', (platform, expected) => expect(isUnknownPlatform(platform)).toBe(expected))
})

describe('what a person writes', () => {
  it.each([
    ['linux/ppc64le', 'linux/ppc64le'],
    [' ppc64le ', 'linux/ppc64le'],
    ['ppc64el', 'linux/ppc64le'],
    ['linux/ppc64el', 'linux/ppc64le'],
    ['power', 'linux/ppc64le'],
    ['X86_64', 'linux/amd64'],
    ['arm64v8', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['arm32v7', 'linux/arm/v7'],
    ['linux/arm32v6', 'linux/arm/v6'],
    ['linux/arm', 'linux/arm/v7'],
    ['windows/amd64', 'windows/amd64'],
    ['linux/ppc64le/power9', 'linux/ppc64le/power9'],
  ])('“%s” means %s', (text, expected) => {
    expect(platformText(parsePlatform(text))).toBe(expected)
  })

  it.each([
    '',
    '/',
    'linux/',
    '/amd64',
    'linux//v7',
    'linux/arm/v7/x',
    'linux/arm/',
    'linux amd64',
    'linux/<script>',
    'linux/ppc64le,linux/amd64',
    'a'.repeat(65),
    'linux/../etc',
  ])('“%s” is refused', (text) => {
    expect(() => parsePlatform(text)).toThrow(
      expect.objectContaining({ code: 'platform_invalid', hint: expect.stringContaining('linux/ppc64le') }),
    )
  })
})

describe('the order of platforms', () => {
  it('is the primary ones, then Linux, then the rest, the unknown last', () => {
    const expected = [
      ...PRIMARY_PLATFORMS,
      'linux/386',
      'linux/arm/v7',
      'linux/riscv64',
      'darwin/arm64',
      'windows/amd64',
      'unknown/unknown',
    ]
    expect([...expected].reverse().sort(comparePlatformTexts)).toEqual(expected)
    expect(comparePlatformTexts('linux/386', 'linux/386')).toBe(0)
  })
})
