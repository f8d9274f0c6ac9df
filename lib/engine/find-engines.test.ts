import { describe, expect, test } from 'vitest'
import { type EngineSurroundings, findEngines } from './find-engines.ts'

const machine = (
  environment: Record<string, string>,
  sockets: Record<string, string> = {},
  files: Record<string, string> = {},
): EngineSurroundings => ({
  environment,
  home: '/home/u',
  resolveSocket: (path) => sockets[path],
  readTextFile(path) {
    const text = files[path]
    if (text === undefined) throw new Error('ENOENT')
    return text
  },
})
const same = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, path]))

describe('without DOCKER_HOST', () => {
  test('nothing is there', () => expect(findEngines(machine({}))).toEqual([]))

  test('Docker’s and Podman’s sockets, also the user’s own', () => {
    const sockets = same(
      '/var/run/docker.sock',
      '/run/user/7/docker.sock',
      '/home/u/.docker/run/docker.sock',
      '/run/podman/podman.sock',
      '/run/user/7/podman/podman.sock',
    )
    const found = findEngines(machine({ XDG_RUNTIME_DIR: '/run/user/7' }, sockets))
    expect(found.map(({ foundBy }) => foundBy)).toEqual(Object.keys(sockets))
  })

  test('a socket under two names is one engine', () => {
    const sockets = {
      '/var/run/docker.sock': '/run/podman/podman.sock',
      '/run/podman/podman.sock': '/run/podman/podman.sock',
    }
    expect(findEngines(machine({}, sockets))).toEqual([
      { foundBy: '/var/run/docker.sock', address: { kind: 'unix', path: '/var/run/docker.sock' } },
    ])
  })
})

describe('DOCKER_HOST', () => {
  const stated = (host: string, more: Record<string, string> = {}, files: Record<string, string> = {}) =>
    findEngines(machine({ DOCKER_HOST: host, ...more }, same('/var/run/docker.sock'), files))

  test.each([
    ['unix:///run/x.sock', { kind: 'unix', path: '/run/x.sock' }],
    ['tcp://build.example', { kind: 'tcp', host: 'build.example', port: 2375 }],
    ['tcp://[::1]:2400', { kind: 'tcp', host: '[::1]', port: 2400 }],
    ['tcp://build.example:80/', { kind: 'tcp', host: 'build.example', port: 80 }],
    ['ssh://build.example', { kind: 'ssh', host: 'build.example' }],
    ['ssh://me@build.example:2222/', { kind: 'ssh', user: 'me', host: 'build.example', port: 2222 }],
    ['ssh://[fe80::1]/run/x.sock', { kind: 'ssh', host: '[fe80::1]', path: '/run/x.sock' }],
  ])('%s is the only engine', (host, address) =>
    expect(stated(host)).toEqual([{ foundBy: 'DOCKER_HOST', address }]),
  )

  test('empty counts as unset', () =>
    expect(stated(' ')).toMatchObject([{ foundBy: '/var/run/docker.sock' }]))

  test.each([
    ['DOCKER_CERT_PATH', { DOCKER_CERT_PATH: '/certs' }, '/certs'],
    ['DOCKER_TLS_VERIFY', { DOCKER_TLS_VERIFY: '1' }, '/home/u/.docker'],
  ])('%s means TLS', (_, environment, folder) => {
    const files = { [`${folder}/ca.pem`]: 'CA', [`${folder}/cert.pem`]: 'CERT', [`${folder}/key.pem`]: 'KEY' }
    expect(stated('tcp://build.example', environment, files)[0]?.address).toEqual({
      kind: 'tcp',
      host: 'build.example',
      port: 2376,
      tls: { ca: 'CA', cert: 'CERT', key: 'KEY' },
    })
  })

  test.each([
    ['ssh://me:secret@build.example', /password does not belong/],
    ['ssh://', /no host/],
    ['ssh://-oProxyCommand=x', /no host/],
    ['ssh://build.example; reboot', /no host/],
    ['ssh://-l@build.example', /user/],
    ['ssh://build.example:0', /port/],
    ['ssh://build.example:70000', /port/],
    ['ssh://build.example/run/$(reboot).sock', /path/],
    ['ssh://build.example/run/a b', /path/],
    ['npipe:////./pipe/docker_engine', /npipe/],
    ['/var/run/docker.sock', /no scheme/],
    ['unix://relative.sock', /absolute/],
    ['tcp://', /no host/],
    ['tcp://me:secret@build.example', /host and port only/],
    ['tcp://build.example/engine', /host and port only/],
    ['tcp://build.example:99999', /no host/],
  ])('%s is refused with the reason', (host, message) => {
    expect(() => stated(host)).toThrow(
      expect.objectContaining({ code: 'engine_address_invalid', message: expect.stringMatching(message) }),
    )
  })

  test('certificates that cannot be read are named', () => {
    expect(() => stated('tcp://build.example', { DOCKER_CERT_PATH: '/certs' })).toThrow(/\/certs\/ca\.pem/)
  })
})
