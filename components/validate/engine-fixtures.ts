import type { EngineDto } from '#lib/api/engines.ts'

/** An engine on an amd64 machine that emulates ppc64le, for tests. */
export function engineFixture(engine: Partial<EngineDto> = {}): EngineDto {
  return {
    name: 'unix:///var/run/docker.sock',
    address: 'unix:///var/run/docker.sock',
    foundBy: '/var/run/docker.sock',
    state: 'ready',
    info: {
      kind: 'docker',
      host: 'build-1',
      version: '20.10.24',
      apiVersion: '1.41',
      os: 'linux',
      architecture: 'amd64',
      kernel: '6.1.0',
      cpus: 2,
      memoryBytes: 8_000_000_000,
      missingLimits: [],
    },
    platforms: [
      { platform: 'linux/amd64', mode: 'native' },
      { platform: 'linux/ppc64le', mode: 'emulated' },
    ],
    ...engine,
  }
}
