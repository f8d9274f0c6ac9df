import { describe, expect, it } from 'vitest'
import { runLayerChecks } from './run-layer-checks.ts'
import { type FileSpec, imageFiles, installed, told } from './testing/image-files.ts'

const POWER = 'linux/ppc64le'
const go = (settings: Readonly<Record<string, string>>) => ({ version: 'go1.22.1', modules: [], settings })

it('a good image has no finding, and says which checks looked', () => {
  const files = imageFiles(
    POWER,
    {
      'usr/bin/app': {
        is: 'ppc64le',
        maxAlignBytes: 0x10000,
        go: go({ GOOS: 'linux', GOARCH: 'ppc64le', GOPPC64: 'power8' }),
      },
      'usr/lib/powerpc64le-linux-gnu/libc.so.6': 'ppc64le',
      'usr/lib/python3/dist-packages/_x.cpython-312-powerpc64le-linux-gnu.so': 'ppc64le',
    },
    {
      packages: [
        installed('dpkg', 'libc6', 'ppc64el'),
        installed('dpkg', 'base', 'all'),
        installed('python', 'x', 'manylinux_2_17_ppc64le'),
        installed('python', 'six', 'any'),
      ],
      osRelease: { path: 'etc/os-release', id: 'debian', version: '12' },
    },
  )
  expect(runLayerChecks(files)).toEqual({
    findings: [],
    checked: [
      'ELF-002',
      'ELF-003',
      'ELF-004',
      'ELF-005',
      'ELF-006',
      'ELF-007',
      'GO-001',
      'PKG-001',
      'PY-001',
      'DIR-001',
    ],
    unjudged: [],
  })
})

it('what could not be read is told as not judged', () => {
  const gap = { reason: 'layer-not-read', platform: POWER, what: 'sha256:base, it is broken' } as const
  const { findings, unjudged } = runLayerChecks(imageFiles(POWER, {}, { gaps: [gap], packageGaps: [gap] }))
  expect(findings).toEqual([])
  expect(unjudged).toMatchObject([{ reason: 'layer-not-read', platforms: [POWER] }])
  expect(unjudged[0]?.codes).toContain('ELF-002')
})

describe('ELF-002', () => {
  it('finds foreign files, an error where they are looked for and a warning elsewhere', () =>
    expect(
      told(
        imageFiles(POWER, {
          'usr/bin/a': 'amd64',
          'usr/bin/b': 'amd64',
          'opt/tool': 'amd64',
          'usr/bin/own': 'ppc64le',
        }),
      ),
    ).toEqual([
      'ELF-002 error 2 files where programs and libraries are looked for are ELF x86-64, 64-bit, little-endian; expected PowerPC, 64-bit, little-endian: usr/bin/a and usr/bin/b (layer base).',
      'ELF-002 warning 1 file elsewhere in the image is ELF x86-64, 64-bit, little-endian; expected PowerPC, 64-bit, little-endian: opt/tool (layer base).',
    ]))
  it('counts many and names few', () => {
    const many = Object.fromEntries(
      Array.from({ length: 900 }, (_, at) => [`usr/bin/p${at}`, 'amd64' as const]),
    )
    const [finding] = runLayerChecks(imageFiles(POWER, many)).findings
    expect(finding?.evidence).toMatchObject({ count: 900, layers: ['sha256:base'] })
    expect(finding?.evidence.paths).toHaveLength(5)
  })
  it('leaves what starts to ELF-001', () => {
    const elf = imageFiles(POWER, { 'usr/bin/app': 'amd64' })
    const { program } = elf.entries[0] ?? {}
    if (program?.kind !== 'elf') throw new Error('no ELF')
    const resolution = {
      kind: 'found',
      chain: ['/usr/bin/app'],
      programs: [{ path: '/usr/bin/app', role: 'entrypoint', elf: program }],
    } as const
    expect(runLayerChecks({ ...elf, resolution }).findings.map(({ code }) => code)).toEqual(['ELF-001'])
  })
  it.each<[string, string, string, FileSpec]>([
    ['an eBPF program', POWER, 'usr/lib/bpf/x', { machine: 247 }],
    ['a file of no machine', POWER, 'usr/lib/x', { machine: 0 }],
    ['x86 in amd64', 'linux/amd64', 'usr/bin/x', '386'],
    ['32-bit ARM in arm64', 'linux/arm64', 'usr/bin/x', 'arm'],
    ['debug symbols', POWER, 'usr/lib/debug/usr/bin/x', 'amd64'],
    ['a kernel module', POWER, 'lib/modules/6.1/x', 'amd64'],
    ['a kernel module by its name', POWER, 'opt/x.ko', 'amd64'],
    ['what boots', POWER, 'boot/vmlinuz', 'amd64'],
    ['firmware', POWER, 'usr/lib/firmware/x', 'arm'],
    ['test data', POWER, 'usr/src/debug/elf/testdata/x', 'amd64'],
    ['a cross sysroot', 'linux/amd64', 'usr/powerpc64le-linux-gnu/lib/libc.so.6', 'ppc64le'],
    ['a cross compiler', 'linux/amd64', 'usr/lib/gcc-cross/powerpc64le-linux-gnu/12/libgcc_s.so', 'ppc64le'],
    ['an object file', POWER, 'usr/lib/crt1.o', 'amd64'],
    ['ROMs', POWER, 'usr/share/qemu/x', '386'],
    ['prebuilds of Node', POWER, 'app/node_modules/x/prebuilds/linux-x64/node.napi.node', 'amd64'],
    ['Java natives', POWER, 'app/META-INF/native/libx.so', 'amd64'],
    ['the Go toolchain', POWER, 'usr/local/go/pkg/tool/linux_amd64/compile', 'amd64'],
    ['a Python set', POWER, 'usr/lib/python3/dist-packages/debugpy/attach_linux_amd64.so', 'amd64'],
  ])('lets %s be', (_, platform, path, spec) =>
    expect(told(imageFiles(platform, { [path]: spec }))).toEqual([]),
  )
})

describe('ELF-003', () => {
  const loaders = [
    { loader: '/lib/ld-musl-powerpc64le.so.1', paths: ['usr/bin/x'], state: 'missing' as const },
  ]
  it('finds programs on PATH without their loader', () =>
    expect(told(imageFiles(POWER, {}, { loaders }))).toEqual([
      'ELF-003 warning 1 program on PATH needs the loader /lib/ld-musl-powerpc64le.so.1, which is not in the image: usr/bin/x.',
    ]))
})

describe('ELF-004', () => {
  const narrow: FileSpec = { is: 'ppc64le', maxAlignBytes: 0x1000 }
  it('finds small alignment, an error in use on ppc64le and a warning elsewhere', () => {
    expect(told(imageFiles(POWER, { 'usr/bin/x': narrow }))).toEqual([
      'ELF-004 error 1 file has segments aligned to 4 KiB; a kernel with 64 KiB pages may not load it: usr/bin/x (layer base).',
    ])
    expect(told(imageFiles(POWER, { 'opt/x': narrow }))[0]).toMatch(/^ELF-004 warning/)
    expect(
      told(imageFiles('linux/arm64', { 'usr/bin/x': { is: 'arm64', maxAlignBytes: 0x1000 } }))[0],
    ).toMatch(/^ELF-004 warning/)
  })
  it('lets other architectures and exempt files be', () => {
    expect(told(imageFiles('linux/amd64', { 'usr/bin/x': { is: 'amd64', maxAlignBytes: 0x1000 } }))).toEqual(
      [],
    )
    expect(told(imageFiles(POWER, { 'usr/lib/debug/x': narrow }))).toEqual([])
  })
})

it('ELF-005 finds jemalloc', () =>
  expect(told(imageFiles(POWER, { 'usr/bin/x': { is: 'ppc64le', jemalloc: true } }))[0]).toMatch(
    /^ELF-005 warning 1 file holds jemalloc: usr\/bin\/x/,
  ))

describe('ELF-006', () => {
  it.each<[string, string, FileSpec, string]>([
    [
      'ELFv1 on ppc64le',
      POWER,
      { ...{ machine: 21 }, flags: 1 },
      'says ELFv1; the platform’s programs are ELFv2',
    ],
    ['soft float on arm/v7', 'linux/arm/v7', { machine: 40, bits: 32, flags: 0x05000200 }, 'says soft-float'],
    ['an old ABI on arm', 'linux/arm/v7', { machine: 40, bits: 32, flags: 0 }, 'says EABI version 0'],
    ['soft float on riscv64', 'linux/riscv64', { machine: 243, flags: 1 }, 'says soft-float'],
  ])('finds %s', (_, platform, spec, message) =>
    expect(told(imageFiles(platform, { 'usr/bin/x': spec }))[0]).toContain(message),
  )
  it.each<[string, string, FileSpec]>([
    ['no flag on ppc64le', POWER, { machine: 21, flags: 0 }],
    ['soft float on arm/v6', 'linux/arm/v6', { machine: 40, bits: 32, flags: 0x05000200 }],
    ['a binary that says nothing of floats', 'linux/arm/v7', { machine: 40, bits: 32, flags: 0x05000002 }],
  ])('lets %s be', (_, platform, spec) =>
    expect(told(imageFiles(platform, { 'usr/bin/x': spec }))).toEqual([]),
  )
})

describe('ELF-007', () => {
  it.each<[string, string, FileSpec, string]>([
    ['a level of x86-64', 'linux/amd64', { is: 'amd64', isaLevel: 3 }, 'warning 1 file needs x86-64-v3'],
    ['a common level', 'linux/amd64', { is: 'amd64', isaLevel: 2 }, 'info 1 file needs x86-64-v2'],
    ['GOAMD64', 'linux/amd64', { is: 'amd64', go: go({ GOAMD64: 'v4' }) }, 'x86-64-v4 (Go was told'],
    ['GOPPC64', POWER, { is: 'ppc64le', go: go({ GOPPC64: 'power10' }) }, 'warning 1 file needs POWER10'],
    ['GOARM64', 'linux/arm64', { is: 'arm64', go: go({ GOARM64: 'v9.0,lse' }) }, 'ARMv9.0'],
  ])('finds %s', (_, platform, spec, message) =>
    expect(told(imageFiles(platform, { 'usr/bin/x': spec }))[0]).toContain(message),
  )
  it.each([
    ['rhel', '9.4', 'linux/ppc64le', 'POWER9'],
    ['rhel', '9.4', 'linux/s390x', 'z14'],
    ['rhel', '10.0', 'linux/amd64', 'x86-64-v3'],
    ['ubuntu', '24.04', 'linux/ppc64le', 'POWER9'],
  ])('knows what %s %s needs on %s', (id, version, platform, needs) =>
    expect(told(imageFiles(platform, {}, { osRelease: { path: 'etc/os-release', id, version } }))).toEqual([
      `ELF-007 info It needs ${needs}: ${id} ${version} is compiled for it.`,
    ]),
  )
  it('lets be what the variant says, and what the loader chooses', () => {
    expect(told(imageFiles('linux/amd64/v3', { 'usr/bin/x': { is: 'amd64', isaLevel: 3 } }))).toEqual([])
    expect(
      told(
        imageFiles('linux/amd64', { 'usr/lib/glibc-hwcaps/x86-64-v3/x.so': { is: 'amd64', isaLevel: 3 } }),
      ),
    ).toEqual([])
  })
})

describe('GO-001', () => {
  it('finds another system of the same machine', () =>
    expect(
      told(imageFiles(POWER, { 'usr/bin/x': { is: 'ppc64le', go: go({ GOOS: 'aix', GOARCH: 'ppc64le' }) } })),
    ).toEqual([
      'GO-001 error 1 Go binary was built for aix/ppc64le, not linux/ppc64le: usr/bin/x (layer base).',
    ]))
  it('says how a foreign binary came to be, and lets exempt ones be', () => {
    const foreign: FileSpec = { is: 'amd64', go: go({ GOOS: 'linux', GOARCH: 'amd64' }) }
    expect(told(imageFiles(POWER, { 'opt/x': foreign })).map((line) => line.slice(0, 14))).toEqual([
      'ELF-002 warnin',
      'GO-001 warning',
    ])
    expect(told(imageFiles(POWER, { 'usr/local/go/pkg/tool/linux_amd64/asm': foreign }))).toEqual([])
  })
})

describe('PKG-001', () => {
  const packages = (...architectures: string[]) => ({
    packages: architectures.map((each, at) => installed('dpkg', `p${at}`, each)),
  })
  it('finds a base of another architecture', () =>
    expect(told(imageFiles(POWER, {}, packages('amd64', 'amd64', 'all')))).toEqual([
      'PKG-001 error dpkg lists 2 packages for amd64 and none for ppc64le: p0 and p1 (var/lib/dpkg) (layer base).',
    ]))
  it('warns of a few', () =>
    expect(told(imageFiles(POWER, {}, packages('ppc64el', 'ppc64el', 'amd64')))[0]).toMatch(
      /^PKG-001 warning/,
    ))
  it('lets what also runs be', () =>
    expect(told(imageFiles('linux/amd64', {}, packages('amd64', 'i386')))).toEqual([]))
})

describe('PY-001', () => {
  it.each([
    'manylinux_2_17_x86_64',
    'manylinux2014_x86_64',
    'musllinux_1_2_x86_64',
    'linux_x86_64',
    'win_amd64',
    'macosx_11_0_arm64',
  ])('finds a wheel for %s', (tag) =>
    expect(told(imageFiles(POWER, {}, { packages: [installed('python', 'numpy', tag)] }))).toEqual([
      `PY-001 error 1 Python package was installed from a wheel for ${tag}: numpy (layer base).`,
    ]),
  )
  it('finds modules by their names, and tells them once', () =>
    expect(told(imageFiles(POWER, { 'app/_x.cpython-312-x86_64-linux-gnu.so': 'amd64' }))).toEqual([
      'PY-001 error 1 extension module of Python is for amd64 by name: app/_x.cpython-312-x86_64-linux-gnu.so (layer base).',
    ]))
})

describe('DIR-001', () => {
  it('finds a foreign folder with something in it', () =>
    expect(told(imageFiles(POWER, { 'usr/lib/x86_64-linux-gnu/engine/x.conf': 'data' }))).toEqual([
      'DIR-001 warning usr/lib/x86_64-linux-gnu is another architecture’s and holds 1 file: usr/lib/x86_64-linux-gnu/engine/x.conf (layer base).',
    ]))
  it('lets i386 in amd64 be', () =>
    expect(told(imageFiles('linux/amd64', { 'usr/lib/i386-linux-gnu/x': 'data' }))).toEqual([]))
})
