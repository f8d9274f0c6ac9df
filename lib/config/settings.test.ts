import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import type { Place } from './place.ts'
import { type Environment, parseSettings, type Settings } from './settings.ts'

const place: Place = {
  home: '/home/ada',
  cwd: '/srv/here',
  projectRoot: '/opt/archway',
  isReadableFile: (path) => path.endsWith('.pem') && !path.includes('missing'),
  exists: () => false,
}
const read = (environment: Environment) => parseSettings(environment, place)

function problemsOf(environment: Environment): readonly string[] {
  try {
    read(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'settings_invalid', hint: expect.stringContaining('unset') })
    return /^The settings are not valid: (.*)\.$/.exec((error as AppError).message)?.[1]?.split('; ') ?? []
  }
  throw new Error('the settings were accepted')
}

test('an empty environment gives a dashboard for this user alone', () => {
  expect(read({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    dataDir: '/home/ada/.local/share/archway',
    cacheDir: '/home/ada/.local/share/archway/cache',
    cacheMaxBytes: 512 * 1024 * 1024,
    jobsAtOnce: 4,
    auth: undefined,
    allowHosts: [],
    insecureRegistries: [],
    caFiles: [],
    layoutRoots: ['/opt/archway/samples/multiarch-app'],
    configFile: undefined,
    dockerConfigDir: '/home/ada/.docker',
    proxy: { https: undefined, http: undefined, noProxy: undefined },
  } satisfies Settings)
})

describe('what is said is heard', () => {
  const cases: readonly (readonly [Environment, Partial<Settings>])[] = [
    [
      { HOST: '0.0.0.0', PORT: '8080' },
      { host: '0.0.0.0', port: 8080 },
    ],
    [{ HOST: '::1' }, { host: '::1' }],
    [
      { HOST: 'archway.corp', PORT: '0' },
      { host: 'archway.corp', port: 0 },
    ],
    [
      { HOST: '', PORT: ' ' },
      { host: '127.0.0.1', port: 3000 },
    ],
    [{ ARCHWAY_DATA: 'state' }, { dataDir: '/srv/here/state', cacheDir: '/srv/here/state/cache' }],
    [{ ARCHWAY_DATA: '/srv/archway', XDG_DATA_HOME: '/xdg' }, { dataDir: '/srv/archway' }],
    [{ XDG_DATA_HOME: '/xdg' }, { dataDir: '/xdg/archway' }],
    [{ XDG_DATA_HOME: 'relative' }, { dataDir: '/home/ada/.local/share/archway' }],
    [{ ARCHWAY_CACHE_MB: '1' }, { cacheMaxBytes: 1_048_576 }],
    [{ ARCHWAY_AUTH: 'none' }, { auth: 'none' }],
    [
      { ARCHWAY_ALLOW_HOSTS: 'registry.corp, *.lab.corp,10.0.0.0/8,,fd00::/8,192.168.1.4,r.corp:5000' },
      {
        allowHosts: ['registry.corp', '*.lab.corp', '10.0.0.0/8', 'fd00::/8', '192.168.1.4', 'r.corp:5000'],
      },
    ],
    [
      { ARCHWAY_INSECURE_REGISTRIES: 'registry.corp:5000,[::1]:5000,10.1.2.3' },
      { insecureRegistries: ['registry.corp:5000', '[::1]:5000', '10.1.2.3'] },
    ],
    [{ ARCHWAY_CA_FILES: '/etc/corp.pem:own.pem' }, { caFiles: ['/etc/corp.pem', '/srv/here/own.pem'] }],
    [
      { ARCHWAY_LAYOUT_ROOTS: '/srv/layouts:out' },
      { layoutRoots: ['/opt/archway/samples/multiarch-app', '/srv/layouts', '/srv/here/out'] },
    ],
    [{ DOCKER_CONFIG: '/etc/docker-client' }, { dockerConfigDir: '/etc/docker-client' }],
    [
      { HTTPS_PROXY: 'http://u:p@proxy:3128', http_proxy: 'proxy:3128', NO_PROXY: 'localhost,.corp' },
      { proxy: { https: 'http://u:p@proxy:3128', http: 'http://proxy:3128', noProxy: 'localhost,.corp' } },
    ],
    [
      { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' },
      { proxy: { https: 'http://lower:1', http: undefined, noProxy: undefined } },
    ],
  ]
  test.each(cases)('%j', (environment, expected) => {
    expect(read(environment)).toMatchObject(expected)
  })
})

describe('what is malformed is refused by the name of its variable', () => {
  const cases: readonly (readonly [Environment, string])[] = [
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not “http”'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, not “65536”'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535, not “-1”'],
    [{ PORT: '3e3' }, 'PORT must be a whole number from 0 to 65535, not “3e3”'],
    [{ HOST: '127.0.0.1:3000' }, 'HOST must be a host name or an IP address, not “127.0.0.1:3000”'],
    [{ HOST: '300.0.0.1' }, 'HOST must be a host name or an IP address, not “300.0.0.1”'],
    [{ HOST: 'http://x' }, 'HOST must be a host name or an IP address, not “http://x”'],
    [{ ARCHWAY_AUTH: 'None' }, 'ARCHWAY_AUTH must be “none”, the only way known so far, not “None”'],
    [{ ARCHWAY_CACHE_MB: '0' }, 'ARCHWAY_CACHE_MB must be a whole number from 1 to 1048576, not “0”'],
    [
      { ARCHWAY_ALLOW_HOSTS: 'ok.corp,10.0.0.0/33' },
      'ARCHWAY_ALLOW_HOSTS holds something that is no host, address or range such as 10.0.0.0/8: “10.0.0.0/33”',
    ],
    [
      { ARCHWAY_INSECURE_REGISTRIES: 'http://r.corp' },
      'ARCHWAY_INSECURE_REGISTRIES holds something that is not host[:port]: “http://r.corp”',
    ],
    [
      { ARCHWAY_INSECURE_REGISTRIES: 'r.corp:99999' },
      'ARCHWAY_INSECURE_REGISTRIES holds something that is not host[:port]: “r.corp:99999”',
    ],
    [{ ARCHWAY_CA_FILES: 'missing.pem' }, 'ARCHWAY_CA_FILES names a file that cannot be read: “missing.pem”'],
    [
      { HTTPS_PROXY: 'socks5://u:secret@proxy' },
      'HTTPS_PROXY must be the URL of an HTTP proxy, such as http://proxy.corp:3128',
    ],
  ]
  test.each(cases)('%j', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem])
  })

  test('everything wrong is listed at once', () => {
    const problems = problemsOf({ PORT: 'x', ARCHWAY_AUTH: 'oidc', ARCHWAY_INSECURE_REGISTRIES: 'a/b,c d' })
    expect(problems).toHaveLength(4)
  })

  test('a long value is cut', () => {
    expect(problemsOf({ PORT: '9'.repeat(5_000) })[0]?.length).toBeLessThan(200)
  })
})

describe('archway.yaml', () => {
  const there =
    (...files: string[]) =>
    (environment: Environment) =>
      parseSettings(environment, {
        ...place,
        isReadableFile: (file) => files.includes(file),
        exists: (file) => files.includes(file),
      }).configFile

  test.each<[string, string[], Environment, string | undefined]>([
    ['none', [], {}, undefined],
    [
      'where Archway was started',
      ['/srv/here/archway.yaml', '/data/archway.yaml'],
      {},
      '/srv/here/archway.yaml',
    ],
    ['in the data folder', ['/data/archway.yaml'], {}, '/data/archway.yaml'],
    [
      'as stated',
      ['/srv/here/archway.yaml', '/srv/here/x.yaml'],
      { ARCHWAY_CONFIG: 'x.yaml' },
      '/srv/here/x.yaml',
    ],
  ])('%s', (_, files, environment, found) =>
    expect(there(...files)({ ARCHWAY_DATA: '/data', ...environment })).toBe(found),
  )

  test('one that is stated and not there is an error', () =>
    expect(() => there()({ ARCHWAY_CONFIG: '/srv/gone.yaml' })).toThrow(/ARCHWAY_CONFIG must name a file/))
})
