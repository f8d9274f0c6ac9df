import { describe, expect, test } from 'vitest'
import { collectOn, type OnPlatforms, onPlatforms } from './platform-options.ts'

const on = (...told: string[]) =>
  told.reduce<OnPlatforms | undefined>((before, each) => collectOn(each, before), undefined)

describe('--on', () => {
  test('gathers what is said of each platform, whatever its name is written like', async () => {
    const told = on(
      'ppc64el:timeout=300',
      'linux/ppc64le:env=A=1=2',
      'ppc64le:env=B=',
      'ppc64le:command=--slow',
      'ppc64le:command=a:b=c',
      'ppc64le:no-network',
      's390x:service',
      's390x:health',
      's390x:memory=64',
    )
    expect(await onPlatforms(told)).toEqual({
      'linux/ppc64le': {
        timeoutMs: 300_000,
        env: { A: '1=2', B: '' },
        command: ['--slow', 'a:b=c'],
        network: false,
      },
      'linux/s390x': { service: { afterMs: 10_000, health: true }, limits: { memoryMiB: 64 } },
    })
    expect(await onPlatforms()).toBeUndefined()
  })

  test.each([
    ['', /PLATFORM:NAME=value/],
    ['ppc64le', /PLATFORM:NAME=value/],
    [':timeout=3', /PLATFORM:NAME=value/],
    ['a b:timeout=3', /“a b” is not a platform/],
    ['ppc64le:', /There is no “”, only command, entrypoint/],
    ['ppc64le:time=3', /There is no “time”/],
    ['ppc64le:constructor=3', /There is no “constructor”/],
    ['ppc64le:toString', /There is no “toString”/],
    ['ppc64le:cpu-floor', /There is no “cpu-floor”/],
    ['ppc64le:timeout', /Write timeout=value/],
    ['ppc64le:timeout=soon', /number of seconds/],
    ['ppc64le:expect-exit-code=256', /0 to 255/],
    ['ppc64le:env=A', /NAME=value/],
    ['ppc64le:health=yes', /“health” takes no value/],
    ['ppc64le:no-network=1', /“no-network” takes no value/],
  ])('refuses “%s” in one sentence', (text, says) => {
    expect(() => on(text)).toThrow(
      expect.objectContaining({ code: 'commander.invalidArgument', message: expect.stringMatching(says) }),
    )
  })

  test.each([
    ['ppc64le:path=/up', /^--on linux\/ppc64le:path needs a “port”/],
    ['ppc64le:expect-output=/(/', /^--on linux\/ppc64le:expect-output: /],
    ['ppc64le:expect-output=', /^--on linux\/ppc64le:expect-output: /],
    ['ppc64le:file=x', /^--on linux\/ppc64le:file x: write SRC:DEST/],
    ['ppc64le:file=/srv/nothing:/etc/x', /nothing cannot be read: there is no such file/],
  ])('tells what “%s” cannot mean', async (text, says) => {
    await expect(onPlatforms(on(text))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(says),
    })
  })
})
