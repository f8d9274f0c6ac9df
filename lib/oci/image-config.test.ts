import { describe, expect, it } from 'vitest'
import { decodeImageConfig } from './image-config.ts'
import { MANIFEST_LIMITS } from './manifest.ts'

const encode = (body: unknown) =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
const decode = (body: unknown) => decodeImageConfig(encode(body), 'The config of app:1')
const platform = { os: 'linux', architecture: 'ppc64le' }

describe('a config', () => {
  it('is read whole', () => {
    const config = decode({
      ...platform,
      variant: 'power9',
      created: '2026-01-01T00:00:00Z',
      config: {
        Entrypoint: ['/app'],
        Cmd: ['--serve'],
        User: '1000:1000',
        Env: ['PATH=/bin', 'EMPTY='],
        WorkingDir: '/srv',
        ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
        Volumes: { '/data': {} },
        Labels: { 'org.opencontainers.image.version': '1.2' },
        StopSignal: 'SIGINT',
        Healthcheck: { Test: ['CMD', '/app', 'health'], Interval: 5 },
      },
      history: [
        { created: '2026-01-01T00:00:00Z', created_by: 'ADD rootfs /', comment: 'base' },
        { created_by: 'ENV A=1', empty_layer: true },
      ],
      rootfs: { type: 'layers', diff_ids: [`sha256:${'a'.repeat(64)}`] },
    })
    expect(config).toEqual({
      platform: { ...platform, variant: 'power9' },
      created: '2026-01-01T00:00:00Z',
      entrypoint: ['/app'],
      cmd: ['--serve'],
      user: '1000:1000',
      env: ['PATH=/bin', 'EMPTY='],
      workingDir: '/srv',
      exposedPorts: ['8080/tcp', '53/udp'],
      volumes: ['/data'],
      labels: { 'org.opencontainers.image.version': '1.2' },
      stopSignal: 'SIGINT',
      healthcheck: ['CMD', '/app', 'health'],
      history: [
        { created: '2026-01-01T00:00:00Z', createdBy: 'ADD rootfs /', comment: 'base', emptyLayer: false },
        { createdBy: 'ENV A=1', emptyLayer: true },
      ],
      diffIds: [`sha256:${'a'.repeat(64)}`],
    })
  })

  const nothing = {
    entrypoint: [],
    cmd: [],
    user: '',
    env: [],
    workingDir: '',
    exposedPorts: [],
    volumes: [],
    labels: {},
    history: [],
    diffIds: [],
  }
  it.each([
    ['nothing at all', {}],
    [
      'null parts',
      { os: null, architecture: null, config: null, history: null, rootfs: null, created: null },
    ],
    [
      'null below',
      {
        config: {
          Entrypoint: null,
          Cmd: null,
          User: null,
          Env: null,
          WorkingDir: null,
          ExposedPorts: null,
          Volumes: null,
          Labels: null,
          StopSignal: null,
          Healthcheck: null,
        },
        history: [],
        rootfs: { diff_ids: null },
      },
    ],
    ['empty texts', { os: '', architecture: '', created: '', config: { StopSignal: '', Cmd: '' } }],
    ['unknown fields', { container_config: 7, moby: {}, config: { OnBuild: 3, ArgsEscaped: true } }],
  ])('of %s says nothing, and that is no error', (_, body) => expect(decode(body)).toEqual(nothing))

  it.each([
    ['a missing os', { architecture: 'ppc64le' }, { os: '', architecture: 'ppc64le' }],
    ['a missing architecture', { os: 'linux' }, { os: 'linux', architecture: '' }],
    ['a null variant', { ...platform, variant: null }, platform],
    ['an empty variant', { ...platform, variant: '' }, platform],
    ['as stated', { os: 'Linux', architecture: 'aarch64' }, { os: 'Linux', architecture: 'aarch64' }],
    [
      'a Windows build',
      { os: 'windows', architecture: 'amd64', 'os.version': '10.0.17763.1' },
      { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.1' },
    ],
  ])('names its platform: %s', (_, body, expected) => expect(decode(body).platform).toEqual(expected))

  it('takes a command written as one text for a shell line', () => {
    expect(decode({ config: { Cmd: 'echo hello', Entrypoint: 'sh' } })).toMatchObject({
      cmd: ['/bin/sh', '-c', 'echo hello'],
      entrypoint: ['/bin/sh', '-c', 'sh'],
    })
  })

  it('shows labels that are no text as JSON', () => {
    expect(decode({ config: { Labels: { a: 'x', b: 1, c: null, d: { e: [true] } } } }).labels).toEqual({
      a: 'x',
      b: '1',
      c: 'null',
      d: '{"e":[true]}',
    })
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"os": "linux"'],
    ['HTML', '<html>'],
    ['an array', []],
    ['null', 'null'],
    ['a text', '"x"'],
    ['an os that is a number', { os: 7 }],
    ['a config that is text', { config: 'x' }],
    ['a command of numbers', { config: { Cmd: [1, 2] } }],
    ['a command that is an object', { config: { Cmd: {} } }],
    ['an environment that is an object', { config: { Env: { PATH: '/bin' } } }],
    ['labels that are a list', { config: { Labels: ['a=b'] } }],
    ['a history that is text', { history: 'x' }],
    ['a history step that is null', { history: [null] }],
    ['an empty_layer that is text', { history: [{ empty_layer: 'yes' }] }],
    ['diff_ids that are numbers', { rootfs: { diff_ids: [1] } }],
  ])('that is broken is a named error: %s', (_, body) => {
    expect(() => decode(body)).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining('The config of app:1'),
      }),
    )
  })

  it('that is no UTF-8 is broken', () => {
    expect(() => decodeImageConfig(Uint8Array.from([0x22, 0xff, 0x22]), 'x')).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
  })

  it('of 8 MiB is read, one byte more is not', () => {
    const padded = (length: number) => encode(`{}${' '.repeat(length - 2)}`)
    expect(decodeImageConfig(padded(MANIFEST_LIMITS.configBytes), 'x').env).toEqual([])
    expect(() => decodeImageConfig(padded(MANIFEST_LIMITS.configBytes + 1), 'x')).toThrow(
      expect.objectContaining({ code: 'config_too_large' }),
    )
  })
})
