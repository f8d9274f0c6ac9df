import { describe, expect, test } from 'vitest'
import { emptyOverride, type OverrideRow } from './overrides.ts'
import { EMPTY_FORM, type FormValues, previewExpectation, readForm, toRunRequest } from './validate-form.ts'

const limits = { nativeMs: 60_000, emulatedMs: 180_000, serviceMs: 10_000, maxMs: 3_600_000 }
const read = (values: Partial<FormValues>) =>
  readForm({ ...EMPTY_FORM, ...values }, limits, ['linux/amd64', 'linux/ppc64le'])

describe('the form', () => {
  test('that is left alone asks for nothing special', () => {
    expect(read({})).toEqual({ profile: {}, problems: {} })
  })

  test('asks for what is typed', () => {
    expect(
      read({
        expectOutput: '/^Running on {platform}$/m',
        expectExitCode: ' 3',
        timeoutSeconds: '1.5',
        entrypoint: '/bin/sh -c',
        command: "'echo hello'",
        env: [
          { key: 1, name: 'A', value: 'b=c d' },
          { key: 2, name: '', value: '' },
          { key: 3, name: 'EMPTY', value: '' },
        ],
        network: true,
      }),
    ).toEqual({
      problems: {},
      profile: {
        expectOutput: '/^Running on {platform}$/m',
        expectExitCode: 3,
        timeoutMs: 1_500,
        entrypoint: ['/bin/sh', '-c'],
        command: ['echo hello'],
        env: { A: 'b=c d', EMPTY: '' },
        network: true,
      },
    })
  })

  test('a service has no exit code, and ten seconds unless said otherwise', () => {
    expect(read({ isService: true, expectExitCode: 'x' })).toEqual({
      profile: { service: { afterMs: 10_000 } },
      problems: {},
    })
    expect(read({ isService: true, port: '8080', path: ' /up', health: true })).toEqual({
      profile: { service: { port: 8080, path: '/up', health: true } },
      problems: {},
    })
    expect(read({ isService: true, port: '8080', serviceSeconds: '5' }).profile).toEqual({
      service: { port: 8080, afterMs: 5_000 },
    })
    expect(read({ port: 'x', path: 'y', health: true })).toEqual({ profile: {}, problems: {} })
    expect(read({ isService: true, serviceSeconds: '30' }).profile).toEqual({ service: { afterMs: 30_000 } })
  })

  test.each<[Partial<FormValues>, keyof ReturnType<typeof read>['problems'], RegExp]>([
    [{ expectOutput: '/(/' }, 'expectOutput', /not understood/],
    [{ expectExitCode: '256' }, 'expectExitCode', /0 to 255/],
    [{ expectExitCode: '1.5' }, 'expectExitCode', /0 to 255/],
    [{ timeoutSeconds: '0' }, 'timeoutSeconds', /0\.1 to 3600/],
    [{ timeoutSeconds: '1e3' }, 'timeoutSeconds', /0\.1 to 3600/],
    [{ timeoutSeconds: '9999' }, 'timeoutSeconds', /0\.1 to 3600/],
    [{ isService: true, serviceSeconds: 'soon' }, 'serviceSeconds', /0\.1 to 3600/],
    [{ isService: true, health: true, port: '0' }, 'port', /1 to 65535/],
    [{ isService: true, path: '/up' }, 'path', /which port/],
    [{ isService: true, port: '80', path: 'up' }, 'path', /begin with a slash/],
    [{ files: [{ key: 1, path: '', text: 'x' }] }, 'files', /needs a path/],
    [{ files: [{ key: 1, path: '/a/../b', text: 'x' }] }, 'files', /“\.\.”/],
    [
      {
        files: [
          { key: 1, path: '/a', text: '1' },
          { key: 2, path: '/a/b', text: '2' },
        ],
      },
      'files',
      /below another/,
    ],
    [{ entrypoint: '"open' }, 'entrypoint', /never closed/],
    [{ command: 'x \\' }, 'command', /backslash/],
    [{ env: [{ key: 1, name: '', value: 'x' }] }, 'env', /needs a name/],
    [{ env: [{ key: 1, name: 'A=B', value: 'x' }] }, 'env', /“A=B”/],
    [
      {
        env: [
          { key: 1, name: 'A', value: '1' },
          { key: 2, name: 'A', value: '2' },
        ],
      },
      'env',
      /twice/,
    ],
  ])('%o says what is wrong, in its place', (values, field, says) => {
    const { problems, profile } = read(values)
    expect(Object.keys(problems)).toEqual([field])
    expect(problems[field]).toMatch(says)
    expect(profile).not.toHaveProperty(field)
  })
})

describe('what one platform is asked otherwise', () => {
  const on = (platform: string, by: Partial<OverrideRow>) => ({ ...emptyOverride(platform), ...by })

  test('is asked of chosen platforms; who says nothing is left out', () => {
    expect(
      read({
        timeoutSeconds: '9',
        overrides: [
          on('linux/ppc64le', { timeoutSeconds: '300', network: 'off', memoryMiB: '64' }),
          on('linux/amd64', {}),
          on('linux/s390x', { timeoutSeconds: 'not chosen' }),
        ],
      }),
    ).toEqual({
      problems: {},
      profile: {
        timeoutMs: 9_000,
        platforms: { 'linux/ppc64le': { timeoutMs: 300_000, network: false, limits: { memoryMiB: 64 } } },
      },
    })
  })

  test('says what is wrong by platform', () => {
    const overrides = [on('linux/ppc64le', { expectExitCode: '256', command: '"open' })]
    expect(read({ overrides }).problems).toEqual({
      overrides: {
        'linux/ppc64le': {
          expectExitCode: expect.stringMatching(/0 to 255/),
          command: expect.stringMatching(/never closed/),
        },
      },
    })
  })

  test('is no exit code where all are services', () => {
    const overrides = [on('linux/ppc64le', { expectExitCode: '3' })]
    expect(read({ isService: true, overrides }).profile).toEqual({ service: { afterMs: 10_000 } })
  })
})

describe('the expected output', () => {
  test.each([
    ['Running on {platform}', { kind: 'text', text: 'Running on linux/ppc64le' }],
    ['/^{os} {architecture}$/m', { kind: 'pattern', text: '/^linux ppc64le$/m' }],
    ['/{platform}/', { kind: 'pattern', text: '/linux\\/ppc64le/' }],
    ['', undefined],
    ['/(/', undefined],
  ])('%s is previewed as %o', (text, expected) => {
    expect(previewExpectation(text, 'linux/ppc64le')).toEqual(expected)
  })
})

test('the request leaves out what is default', () => {
  const all = ['linux/amd64', 'linux/ppc64le']
  expect(
    toRunRequest('app:1', { all, chosen: all }, {}, { removeImages: false, profileName: '', awaited: [] }),
  ).toEqual({
    ref: 'app:1',
  })
  expect(
    toRunRequest(
      'app:1',
      { all, chosen: ['linux/ppc64le'] },
      { network: true },
      { removeImages: true, profileName: '', awaited: ['linux/ppc64le', 'linux/amd64'] },
    ),
  ).toEqual({
    ref: 'app:1',
    platforms: ['linux/ppc64le'],
    profile: { network: true },
    removeImages: true,
    // Who is not chosen is not waited for.
    waitFor: ['linux/ppc64le'],
  })
})
