import { readFileSync } from 'node:fs'
import { type BuiltImage, buildImage } from '../image.ts'
import { buildLayer } from '../layer.ts'
import type { TarEntry } from '../tar.ts'
import { type ProgramArchitecture, programFile } from './programs.ts'

/** An image for tests of running: what it holds, how it starts, and what ought to come of it. */
export interface RunImageSpec {
  readonly says: string
  readonly entrypoint: readonly string[]
  /** `behave` at `/behave` when absent. */
  readonly entries?: (architecture: ProgramArchitecture) => readonly TarEntry[]
  readonly config?: Readonly<Record<string, unknown>>
  /** Over the config document: a false `architecture`. */
  readonly configFields?: Readonly<Record<string, unknown>>
}

const program = (
  path: string,
  architecture: ProgramArchitecture,
  name: 'behave' | 'loaderless' = 'behave',
) => ({
  path,
  mode: 0o755,
  content: readFileSync(programFile(architecture, name)),
})
const script = (content: string) => [{ path: 'run.sh', mode: 0o755, content }]
const other = (architecture: ProgramArchitecture) => (architecture === 'amd64' ? 'ppc64le' : 'amd64')
/** A busybox of some architecture, called by a link. */
const uname = (architecture: ProgramArchitecture): readonly TarEntry[] => [
  program('bin/busybox', architecture),
  { path: 'bin/uname', type: 'symlink', linkTarget: 'busybox' },
]
/** Writes these words on standard error and ends with this exit code. */
const lastWords = (says: string, exitCode: number, words: string): RunImageSpec => ({
  says,
  entrypoint: ['/behave', 'last-words', String(exitCode)],
  entries: (architecture) => [program('behave', architecture), { path: 'words', content: words }],
})
const behave = (says: string, ...args: readonly string[]): RunImageSpec => ({
  says,
  entrypoint: ['/behave', ...args],
})

/** As much of a PE file as anybody looks at. */
function windowsProgram(): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.write('MZ')
  bytes.writeUInt32LE(0x80, 0x3c)
  bytes.write('PE\0\0\x64\x86', 0x80, 'latin1')
  return bytes
}

/** Every image, by its tag. */
export const runImageSpecs = {
  exit: behave('exits 1', 'exit'),
  both: behave('prints on both streams', 'both'),
  serve: behave('answers HTTP on port 8080', 'serve', '8080'),
  prints: {
    ...behave('prints its configuration', 'print', '/etc/app/config'),
    config: { User: '65532', Volumes: { '/data': {} } },
  },
  'serve-local': behave('listens on 127.0.0.1:9090 alone', 'serve-local', '9090'),
  'serve-503': behave('answers on port 8080 with 503', 'serve', '8080', '503'),
  healthy: {
    ...behave('has a health check that finds it healthy', 'hang'),
    config: { Healthcheck: { Test: ['CMD', '/behave', 'both'] } },
  },
  unhealthy: {
    ...behave('has a health check that finds it unhealthy', 'hang'),
    config: { Healthcheck: { Test: ['CMD', '/behave', 'exit'], Interval: 500_000_000, Retries: 2 } },
  },
  'slow-check': {
    ...behave('has a health check that never ends', 'hang'),
    config: { Healthcheck: { Test: ['CMD', '/behave', 'hang'] } },
  },
  illegal: behave('dies of SIGILL on any processor', 'illegal'),
  power9: behave('needs POWER9; on amd64 it dies of SIGILL', 'power9'),
  power10: behave('needs POWER10; on amd64 it dies of SIGILL', 'power10'),
  segfault: behave('dies of SIGSEGV', 'segfault'),
  hang: behave('prints a line and waits for ever', 'hang'),
  stubborn: behave('ignores SIGTERM and waits for ever', 'stubborn'),
  flood: behave('prints 1 GiB', 'flood'),
  count: behave('prints 100 lines in five seconds', 'count', '100'),
  fork: behave('forks without end', 'fork'),
  memory: behave('takes memory without end', 'memory'),
  'write-root': behave('writes to the root file system', 'fill', '/written'),
  'write-tmp': behave('fills /tmp', 'fill', '/tmp/written'),
  'write-volume': {
    ...behave('fills a volume of its own', 'fill', '/data/written'),
    config: { Volumes: { '/data': {} } },
  },
  network: behave('connects to an address', 'network'),
  status: behave('prints what the kernel says of it', 'print', '/proc/self/status'),
  escapes: behave('prints terminal escapes, HTML and bytes that are no text', 'escapes'),
  'no-entrypoint': { ...behave('starts what is not there'), entrypoint: ['/nothing'] },
  'no-command': { ...behave('says nothing of what to start'), entrypoint: [] },
  'no-loader': {
    ...behave('asks for a loader that is not there'),
    entries: (architecture) => [program('behave', architecture, 'loaderless')],
  },
  'no-interpreter': {
    says: 'is a script whose interpreter is not there',
    entrypoint: ['/run.sh'],
    entries: () => script('#!/bin/nothing\n'),
  },
  'no-hash-bang': {
    says: 'is a script that names no interpreter',
    entrypoint: ['/run.sh'],
    entries: () => script('echo hello\n'),
  },
  'not-executable': {
    says: 'starts a file that may not be executed',
    entrypoint: ['/behave'],
    entries: (architecture) => [{ ...program('behave', architecture), mode: 0o644 }],
  },
  'cpu-baseline': lastWords(
    'has a C library for a newer processor',
    127,
    'Fatal glibc error: CPU lacks ISA 3.00 support (POWER9 or later required)\n',
  ),
  'cpu-baseline-x86': lastWords(
    'has a C library for a newer x86-64',
    127,
    'Fatal glibc error: CPU does not support x86-64-v3\n',
  ),
  'cpu-baseline-z': lastWords(
    'has a C library for a newer IBM Z',
    1,
    'Fatal glibc error: CPU lacks VXE support (z14 or later required)\n',
  ),
  'shell-exec-format': lastWords(
    'is a script that starts a foreign program',
    126,
    '/run.sh: line 1: /app: cannot execute binary file: Exec format error\n',
  ),
  'runtime-exec-format': lastWords(
    'ends with what an old runtime wrote in its place',
    1,
    'standard_init_linux.go:228: exec user process caused: exec format error\n',
  ),
  abort: lastWords('aborts', 134, 'Assertion failed: pages\n'),
  killed: lastWords('is killed by nobody we know', 137, ''),
  'page-size': lastWords('was built for other pages', 134, '<jemalloc>: Unsupported system page size\n'),
  'no-tool': lastWords('is a script that lacks a command', 127, '/run.sh: line 2: curl: not found\n'),
  'needs-root-files': lastWords(
    'needs a file it may not write',
    1,
    'touch: /run/app: Read-only file system\n',
  ),
  'needs-rights': lastWords('needs a capability', 1, 'chown(/data): Operation not permitted\n'),
  'needs-network': lastWords('needs a name from DNS', 6, 'curl: (6) Could not resolve host: example.com\n'),
  'foreign-loader': {
    ...behave('has a loader for another architecture'),
    entries: (architecture) => [
      program('behave', architecture, 'loaderless'),
      program('lib/ld-nothing.so.1', other(architecture)),
    ],
  },
  'foreign-interpreter': {
    says: 'is a script whose interpreter is for another architecture',
    entrypoint: ['/run.sh'],
    entries: (architecture) => [...script('#!/bin/tool both\n'), program('bin/tool', other(architecture))],
  },
  windows: {
    ...behave('starts a program for Windows'),
    entries: () => [{ path: 'behave', mode: 0o755, content: windowsProgram() }],
  },
  crlf: {
    says: 'is a script with the line ends of Windows',
    entrypoint: ['/run.sh'],
    entries: (architecture) => [program('behave', architecture), ...script('#!/behave\r\nboth\r\n')],
  },
  empty: { says: 'starts an empty file', entrypoint: ['/run.sh'], entries: () => script('') },
  folder: { says: 'starts a folder', entrypoint: ['/data'], entries: () => [] },
  'link-loop': {
    says: 'starts a link to itself',
    entrypoint: ['/run.sh'],
    entries: () => [{ path: 'run.sh', type: 'symlink', linkTarget: 'run.sh' }],
  },
  'launches-nothing': {
    says: 'starts an env that finds what no PATH has',
    entrypoint: ['/bin/env', 'both'],
    entries: (architecture) => [program('bin/env', architecture)],
  },
  'working-file': {
    ...behave('has a working directory that is a file', 'both'),
    config: { WorkingDir: '/behave' },
  },
  uname: {
    ...behave('has a uname, by a link, as with busybox', 'both'),
    entries: (architecture) => [program('behave', architecture), ...uname(architecture)],
  },
  'foreign-uname': {
    ...behave('has a uname of the other architecture', 'both'),
    entries: (architecture) => [program('behave', architecture), ...uname(other(architecture))],
  },
  'small-pages': {
    ...behave('ends where pages are larger than 4 KiB', 'small-pages'),
    entries: (architecture) => [
      program('behave', architecture),
      // Not in the program itself: it would be taken for a jemalloc (ELF-005).
      { path: 'words', content: '<jemalloc>: Unsupported system page size\n' },
    ],
  },
  'no-user': { ...behave('runs as a user that is not there', 'both'), config: { User: 'nobody-here' } },
  'amd64-inside': {
    ...behave('holds the amd64 program, whatever its label says', 'both'),
    entries: () => [program('behave', 'amd64')],
  },
  'other-inside': {
    ...behave('holds the program of the other architecture', 'both'),
    entries: (architecture) => [program('behave', other(architecture))],
  },
  'amd64-config': {
    ...behave('is in its index what it is, and amd64 in its config', 'both'),
    configFields: { architecture: 'amd64' },
  },
} as const satisfies Record<string, RunImageSpec>

/** The tag of one of these images. */
export type RunImageName = keyof typeof runImageSpecs

/** One of the images for one architecture. */
export function buildRunImage(name: RunImageName, architecture: ProgramArchitecture): BuiltImage {
  const spec: RunImageSpec = runImageSpecs[name]
  const entries = spec.entries?.(architecture) ?? [program('behave', architecture)]
  const folders: readonly TarEntry[] = ['data', 'tmp'].map((path) => ({
    path,
    type: 'directory',
    mode: 0o777,
  }))
  return buildImage({
    architecture,
    layers: [buildLayer([...folders, ...entries])],
    config: { ...(spec.entrypoint.length > 0 && { Entrypoint: spec.entrypoint }), ...spec.config },
    ...(spec.configFields && { configFields: spec.configFields }),
  })
}
