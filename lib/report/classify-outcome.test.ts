import { describe, expect, it } from 'vitest'
import { readElf } from '#lib/image/elf.ts'
import type { EntrypointResolution } from '#lib/image/resolve-entrypoint.ts'
import { buildElf } from '#lib/image/testing/build-elf.ts'
import { classifyOutcome } from './classify-outcome.ts'
import { ENDING_REASONS, ending } from './ending.ts'
import { endingText } from './ending-text.ts'
import type { Execution, Expectations, OutcomeFacts } from './outcome-facts.ts'

const reading = readElf(buildElf())
if (reading?.kind !== 'elf') throw new Error('no ELF')
const { elf } = reading
const chain = ['/app']
const FOUND: EntrypointResolution = {
  kind: 'found',
  programs: [{ path: '/app', role: 'entrypoint', elf }],
  chain,
}

interface Change extends Partial<Omit<OutcomeFacts, 'execution' | 'expectations'>> {
  readonly execution?: Partial<Execution>
  readonly expectations?: Partial<Expectations>
}
function classify(change: Change) {
  return classifyOutcome({
    output: '',
    mode: 'native',
    resolution: FOUND,
    binaries: 'match',
    ...change,
    execution: {
      exitCode: 0,
      startFailure: undefined,
      oomKilled: false,
      timedOut: false,
      outputTruncated: false,
      ...change.execution,
    },
    expectations: { exitCode: 0, isService: false, hasNetwork: false, ...change.expectations },
  })
}
const told = (change: Change) => {
  const { verdict, reason } = classify(change)
  return `${verdict} ${reason}`
}
/** Natively, then under emulation. */
const both = (change: Change) => [told(change), told({ ...change, mode: 'emulated' })]
const exit = (exitCode: number, output = ''): Change => ({ execution: { exitCode }, output })

describe('what went as expected passed', () => {
  it.each<[string, Change]>([
    ['exit code 0', exit(0)],
    ['another exit code that was expected', { ...exit(3), expectations: { exitCode: 3 } }],
    ['an expected death', { ...exit(139), expectations: { exitCode: 139 } }],
    ['output that was found', { expectations: { output: { expected: 'a', found: true } } }],
    ['a child that ran out of memory', { execution: { oomKilled: true } }],
  ])('%s', (_, change) => expect(both(change)).toEqual(['passed as-expected', 'passed as-expected']))
  it('a service that is still running', () =>
    expect(told({ execution: { exitCode: 137, timedOut: true }, expectations: { isService: true } })).toBe(
      'passed still-running',
    ))
})

describe('nothing passes that was not looked at', () => {
  it.each<[string, Change, string]>([
    ['binaries of an unknown platform', { binaries: 'unknown' }, 'inconclusive binaries-unknown'],
    [
      'an entrypoint that was not found and yet ran',
      { resolution: { kind: 'not-found', command: 'x', searched: [], chain }, binaries: 'unknown' },
      'inconclusive binaries-unseen',
    ],
  ])('%s', (_, change, expected) => expect(told(change)).toBe(expected))
})

describe('what the program did', () => {
  it.each<[string, Change, string, string]>([
    ['another exit code', exit(1), 'failed exit-code', 'failed exit-code'],
    [
      '0 where another was expected',
      { expectations: { exitCode: 3 } },
      'failed exit-code',
      'failed exit-code',
    ],
    ['a command a script lacks', exit(127, 'sh: x: not found'), 'failed exit-code', 'failed exit-code'],
    [
      'no such output',
      { expectations: { output: { expected: 'a', found: false } } },
      'failed output',
      'failed output',
    ],
    [
      'a service that ended',
      { ...exit(0), expectations: { isService: true } },
      'failed service-ended',
      'failed service-ended',
    ],
    [
      'its time was up',
      { execution: { exitCode: 137, timedOut: true } },
      'failed timed-out',
      'inconclusive timed-out',
    ],
    [
      'out of memory',
      { execution: { exitCode: 137, oomKilled: true } },
      'failed out-of-memory',
      'inconclusive out-of-memory',
    ],
    ['SIGKILL of nobody we know', exit(137), 'inconclusive killed', 'inconclusive killed'],
    ['SIGILL', exit(132), 'failed illegal-instruction', 'inconclusive illegal-instruction'],
    ['SIGSEGV', exit(139), 'failed signal', 'inconclusive emulator-crash'],
    ['SIGABRT', exit(134), 'failed signal', 'inconclusive emulator-crash'],
    ['SIGTERM', exit(143), 'failed signal', 'failed signal'],
    ['a code that is no signal', exit(200), 'failed exit-code', 'failed exit-code'],
    [
      'a child that crashed the emulator',
      exit(1, 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped\n'),
      'failed exit-code',
      'inconclusive emulator-crash',
    ],
    [
      'an abort for the page size',
      exit(134, '<jemalloc>: Unsupported system page size\n'),
      'failed page-size',
      'failed page-size',
    ],
    [
      'a C library for newer POWER',
      exit(127, 'Fatal glibc error: CPU lacks ISA 3.00 support (POWER9 or later required)\n'),
      'failed cpu-baseline',
      'inconclusive cpu-baseline',
    ],
    [
      'a C library for newer s390x',
      exit(127, 'Fatal glibc error: CPU lacks VXE support (z14 or later required)\n'),
      'failed cpu-baseline',
      'inconclusive cpu-baseline',
    ],
    [
      'a C library for newer x86-64',
      exit(127, 'Fatal glibc error: CPU does not support x86-64-v2\n'),
      'failed cpu-baseline',
      'inconclusive cpu-baseline',
    ],
    [
      'a shell that met a foreign binary',
      exit(126, '/bin/sh: /x: Exec format error\n'),
      'failed exec-format',
      'failed exec-format',
    ],
    [
      'an old runtime that did',
      exit(1, 'standard_init_linux.go:228: exec user process caused: exec format error\n'),
      'failed exec-format',
      'inconclusive no-emulator',
    ],
    [
      'a container that never started',
      { execution: { exitCode: undefined } },
      'inconclusive engine-failed',
      'inconclusive engine-failed',
    ],
  ])('%s', (_, change, native, emulated) => expect(both(change)).toEqual([native, emulated]))
})

describe('the sandbox is a witness, too', () => {
  it.each([
    ['touch: /x: Read-only file system', 'root-file-system'],
    ['error: failed switching to "www": operation not permitted', 'privileges'],
    ['curl: (6) Could not resolve host: example.com', 'network'],
  ])('%s', (output, what) =>
    expect(classify(exit(1, `started\n${output}\n`))).toEqual(
      ending('inconclusive', 'sandbox', { exitCode: 1, what, message: output }),
    ),
  )
  it('not when it had the network', () =>
    expect(told({ ...exit(1, 'Network is unreachable'), expectations: { hasNetwork: true } })).toBe(
      'failed exit-code',
    ))
  it('not when it got over it long ago', () =>
    expect(told(exit(1, `Read-only file system\n${'.'.repeat(5_000)}`))).toBe('failed exit-code'))
})

describe('output that cannot tell', () => {
  const output = { expected: 'done', found: false }
  it('was cut off', () =>
    expect(told({ execution: { outputTruncated: true }, expectations: { output } })).toBe(
      'inconclusive output-truncated',
    ))
  it('was cut off, and had it', () =>
    expect(
      told({ execution: { outputTruncated: true }, expectations: { output: { ...output, found: true } } }),
    ).toBe('passed as-expected'))
  it('took too long to search', () =>
    expect(told({ expectations: { output: { expected: '/(a+)+b/', found: undefined } } })).toBe(
      'inconclusive pattern-too-slow',
    ))
})

describe('what never started', () => {
  const failure = (kind: NonNullable<Execution['startFailure']>['kind'], message = 'words'): Change => ({
    execution: { exitCode: undefined, startFailure: { kind, message } },
  })
  it.each<[string, Change, string, string]>([
    ['no format, right binaries', failure('exec-format'), 'failed exec-format', 'inconclusive no-emulator'],
    [
      'no format, foreign binaries',
      { ...failure('exec-format'), binaries: 'differ' },
      'failed exec-format',
      'failed exec-format',
    ],
    [
      '“no such file”, all there',
      failure('not-found'),
      'inconclusive start-refused',
      'inconclusive no-emulator',
    ],
    ['no permission', failure('not-executable'), 'failed not-executable', 'failed not-executable'],
    ['something else', failure('other'), 'inconclusive start-refused', 'inconclusive start-refused'],
    [
      'no such user',
      failure('no-user', 'unable to find user app'),
      'failed no-such-user',
      'failed no-such-user',
    ],
  ])('%s', (_, change, native, emulated) => expect(both(change)).toEqual([native, emulated]))
  it.each<[EntrypointResolution, string]>([
    [{ kind: 'no-command', chain }, 'failed no-command'],
    [{ kind: 'not-found', command: 'app', searched: [], chain }, 'failed not-found'],
    [{ kind: 'not-executable', path: '/app', reason: 'permission', chain }, 'failed not-executable'],
    [
      { kind: 'missing-interpreter', path: '/app', interpreter: '/bin/bash', chain },
      'failed missing-interpreter',
    ],
    [
      { kind: 'missing-loader', path: '/app', interpreter: '/lib/ld.so', elf, programs: [], chain },
      'failed missing-loader',
    ],
    [{ kind: 'loop', path: '/app', chain }, 'failed link-loop'],
    [{ kind: 'not-elf', path: '/app', program: { kind: 'text' }, chain }, 'failed exec-format'],
  ])('the file system knows better than the runtime: %o', (resolution, expected) => {
    for (const kind of ['not-found', 'exec-format', 'other'] as const)
      expect(both({ ...failure(kind), resolution })).toEqual([expected, expected])
  })
})

it.each([...ENDING_REASONS])('%s has a text, whatever is known of it', (reason) => {
  const evidence = {
    exitCode: 1,
    expectedExitCode: 0,
    signal: 'SIGSEGV',
    path: '/app',
    message: 'words',
    what: 'network',
  }
  for (const known of [
    { ...evidence, interpreter: '/lib/ld.so', expected: 'x', enginePlatform: 'linux/amd64' },
  ])
    expect(endingText(reason, known)).not.toMatch(/undefined|^\s*$/)
})
