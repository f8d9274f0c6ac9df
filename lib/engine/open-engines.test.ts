import { expect, test } from 'vitest'
import type { EngineSurroundings } from './find-engines.ts'
import { openEngines } from './open-engines.ts'

const machine = (dockerHost = '', sockets: readonly string[] = []): EngineSurroundings => ({
  environment: { DOCKER_HOST: dockerHost },
  home: '/home/u',
  resolveSocket: (path) => (sockets.includes(path) ? path : undefined),
  readTextFile: () => '',
})
const SOCKET = '/var/run/docker.sock'
const power = { name: 'power', address: { kind: 'tcp', host: 'p9', port: 2376 } } as const
const local = { name: 'local', address: { kind: 'unix', path: SOCKET } } as const
const names = (...of: Parameters<typeof openEngines>) =>
  openEngines(...of).engines.map(({ name, foundBy }) => `${name} by ${foundBy}`)

test('without archway.yaml what is found is used, under the name of where it was', () =>
  expect(names({ discover: true }, machine('', [SOCKET]))).toEqual([`${SOCKET} by ${SOCKET}`]))

test('named engines, and no others', () =>
  expect(names({ engines: [power], discover: false }, machine('unix:///x', [SOCKET]))).toEqual([
    'power by archway.yaml',
  ]))

test('with discover the others come after, each once', () => {
  expect(names({ engines: [power], discover: true }, machine('', [SOCKET]))).toEqual([
    'power by archway.yaml',
    `${SOCKET} by ${SOCKET}`,
  ])
  expect(names({ engines: [local], discover: true }, machine('', [SOCKET]))).toEqual([
    'local by archway.yaml',
  ])
})

test.each([
  ['nothing is there', { discover: true }, '', /DOCKER_HOST and at their usual sockets/],
  ['an empty list', { engines: [], discover: false }, 'unix:///x', /none that is enabled/],
  ['a DOCKER_HOST that is none', { discover: true }, 'ssh://', /no host/],
])('%s is a problem', (_, wanted, host, message) => {
  const { engines, problems } = openEngines(wanted, machine(host))
  expect(engines).toEqual([])
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)])
})

test('a DOCKER_HOST that is none takes no named engine away', () => {
  const { engines, problems } = openEngines({ engines: [power], discover: true }, machine('ssh://'))
  expect([engines.length, problems.length]).toEqual([1, 1])
})

test('a second look finds what was started since, and keeps what it knew', () => {
  const first = openEngines({ discover: true }, machine('', [SOCKET]))
  const both = openEngines(
    { discover: true },
    machine('', [SOCKET, '/run/podman/podman.sock']),
    first.engines,
  )
  expect(both.engines.map(({ name }) => name)).toEqual([SOCKET, '/run/podman/podman.sock'])
  expect(both.engines[0]).toBe(first.engines[0])
  expect(openEngines({ discover: true }, machine(), both.engines).engines).toEqual(both.engines)
})
