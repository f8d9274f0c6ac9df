import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildLinkedElf } from '#lib/image/testing/build-linked-elf.ts'
import type { TarEntry } from '../tar.ts'

/** What these images are made for. */
export type LayerArchitecture = 'amd64' | 'arm64' | 'ppc64le' | 's390x'
const DEBIAN = { amd64: 'amd64', arm64: 'arm64', ppc64le: 'ppc64el', s390x: 's390x' } as const
/** All of them. */
export const FOUR = Object.keys(DEBIAN) as LayerArchitecture[]

/** A file of a layer. */
export const layerFile = (name: string, content: string | Uint8Array, mode = 0o755): TarEntry => ({
  path: name,
  content,
  mode,
})
/** The smallest binary of an architecture. */
export const elfOf = (architecture: LayerArchitecture) => buildElf(elfShapes[architecture])
const packages = (...list: readonly (readonly [string, string, string])[]) =>
  layerFile(
    'var/lib/dpkg/status',
    list
      .map(
        ([name, version, architecture]) =>
          `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\nArchitecture: ${architecture}\n`,
      )
      .join('\n'),
    0o644,
  )

/** A healthy small system of one architecture, with its program. */
export const healthyLayer = (architecture: LayerArchitecture): TarEntry[] => [
  layerFile('etc/os-release', 'ID=debian\nVERSION_ID="12"\n', 0o644),
  layerFile('bin/sh', elfOf(architecture)),
  layerFile('app', elfOf(architecture)),
  packages(['libc6', '2.36-9', DEBIAN[architecture]], ['base-files', '12', DEBIAN[architecture]]),
]

/** What is in the ppc64le image beside what is healthy, and what must be found for it. */
export const wrongLayers: Readonly<Record<string, { files: readonly TarEntry[]; finds: readonly string[] }>> =
  {
    'ELF-001': { files: [layerFile('app', elfOf('amd64'))], finds: ['ELF-001 error'] },
    'ELF-002': {
      files: [layerFile('usr/lib/libx.so', elfOf('amd64')), layerFile('opt/tool', elfOf('s390x'))],
      finds: ['ELF-002 error', 'ELF-002 warning'],
    },
    'ELF-003': {
      files: [
        layerFile(
          'usr/bin/x',
          buildElf({ ...elfShapes.ppc64le, interpreter: '/lib/ld-musl-powerpc64le.so.1' }),
        ),
      ],
      finds: ['ELF-003 warning'],
    },
    'ELF-004': {
      files: [layerFile('usr/bin/x', buildLinkedElf({ ...elfShapes.ppc64le, aligns: [0x1000] }))],
      finds: ['ELF-004 error'],
    },
    'ELF-005': {
      files: [
        layerFile(
          'usr/bin/x',
          Buffer.concat([
            buildLinkedElf({ ...elfShapes.ppc64le, aligns: [0x10000] }),
            Buffer.from('<jemalloc>: Unsupported system page size\n'),
          ]),
        ),
      ],
      finds: ['ELF-005 warning'],
    },
    'ELF-006': {
      files: [layerFile('usr/bin/x', buildElf({ machine: 21, flags: 1 }))],
      finds: ['ELF-006 error'],
    },
    'ELF-007': {
      files: [layerFile('etc/os-release', 'ID="rhel"\nVERSION_ID="9.4"\n', 0o644)],
      finds: ['ELF-007 info'],
    },
    'PKG-001': {
      files: [packages(['libc6', '2.36-9', 'amd64'], ['base-files', '12', 'amd64'])],
      finds: ['PKG-001 error'],
    },
    'PKG-002': {
      files: [packages(['libc6', '2.35-1', 'ppc64el'], ['base-files', '12', 'ppc64el'])],
      finds: ['PKG-002 warning'],
    },
    'PKG-003': { files: [packages(['libc6', '2.36-9', 'ppc64el'])], finds: ['PKG-003 info'] },
    'PY-001': {
      files: [
        layerFile(
          'usr/lib/python3/dist-packages/numpy-2.dist-info/WHEEL',
          'Tag: cp312-cp312-manylinux_2_17_x86_64\n',
        ),
        layerFile('usr/lib/python3/dist-packages/numpy-2.dist-info/METADATA', 'Name: numpy\nVersion: 2\n'),
      ],
      finds: ['PY-001 error'],
    },
    'DIR-001': {
      files: [layerFile('usr/lib/x86_64-linux-gnu/x.conf', 'x', 0o644)],
      finds: ['DIR-001 warning'],
    },
  }
