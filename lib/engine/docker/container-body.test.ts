import { expect, test } from 'vitest'
import { type ContainerSpec, DEFAULT_LIMITS } from '../container-spec.ts'
import { containerBody } from './container-body.ts'

const spec: ContainerSpec = {
  image: 'r.example/app@sha256:aa',
  platform: { os: 'linux', architecture: 'ppc64le' },
  network: 'none',
  limits: { ...DEFAULT_LIMITS, tmpfsBytes: 1_024 },
  lease: { instance: 'us', until: new Date('2026-01-01T12:00:00Z'), run: 'r1' },
}
const facts = { cpus: 2, volumes: [] }

test('the sandbox is whole', () => {
  expect(containerBody(spec, facts)).toMatchObject({
    Tty: false,
    OpenStdin: false,
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      Init: true,
      Memory: DEFAULT_LIMITS.memoryBytes,
      MemorySwap: DEFAULT_LIMITS.memoryBytes,
      PidsLimit: DEFAULT_LIMITS.pids,
      LogConfig: { Type: 'none' },
    },
    Labels: {
      'archway.instance': 'us',
      'archway.lease-until': '2026-01-01T12:00:00.000Z',
      'archway.run': 'r1',
    },
  })
})

test('the image’s own user, entrypoint and command stay unless told otherwise', () => {
  expect(Object.keys(containerBody(spec, facts))).not.toEqual(
    expect.arrayContaining(['User', 'Entrypoint', 'Cmd']),
  )
  const own = { ...spec, entrypoint: ['/sh'], command: ['-c', 'x'], env: { A: 'b=c' } }
  expect(containerBody(own, facts)).toMatchObject({ Entrypoint: ['/sh'], Cmd: ['-c', 'x'], Env: ['A=b=c'] })
})

test('volumes of the image are covered by sized tmpfs, parents first', () => {
  const { HostConfig } = containerBody(spec, { cpus: 2, volumes: ['/var/lib/db/', '/var', '/tmp'] }) as {
    HostConfig: { Tmpfs: Record<string, string> }
  }
  expect(Object.keys(HostConfig.Tmpfs)).toEqual(['/tmp', '/var', '/var/lib/db'])
  expect(Object.values(HostConfig.Tmpfs).every((each) => each.includes('size=1024'))).toBe(true)
})

test('more processors than the machine has are what it has: engines refuse them', () => {
  const body = containerBody({ ...spec, limits: { ...DEFAULT_LIMITS, cpus: 8 } }, facts)
  expect(body).toMatchObject({ HostConfig: { NanoCpus: 2e9 } })
})

test('another container’s network is joined', () => {
  expect(containerBody({ ...spec, network: { joins: 'c1' } }, facts)).toMatchObject({
    HostConfig: { NetworkMode: 'container:c1' },
  })
})

test.each([
  [
    'that nobody asked for',
    { health: false },
    { test: ['CMD', '/up'], intervalMs: 30_000, startPeriodMs: 0, retries: 3 },
    { Test: ['NONE'] },
  ],
  ['that is not there', { health: true }, undefined, { Test: ['NONE'] }],
  [
    'is tried every second, and given up when it would be by itself',
    { health: true },
    { test: ['CMD', '/up'], intervalMs: 30_000, startPeriodMs: 5_000, retries: 3 },
    { Test: ['CMD', '/up'], Interval: 1e9, StartPeriod: 92e9, Retries: 3 },
  ],
  [
    'that is quick stays as it is',
    { health: true },
    { test: ['CMD', '/up'], intervalMs: 200, startPeriodMs: 0, retries: 3 },
    { Test: ['CMD', '/up'], Interval: 2e8, StartPeriod: 0, Retries: 3 },
  ],
])('a health check %s', (_, more, health, expected) => {
  expect(containerBody({ ...spec, ...more }, { ...facts, health })).toMatchObject({ Healthcheck: expected })
})
