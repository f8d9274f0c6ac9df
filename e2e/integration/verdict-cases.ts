import type { RunProfile } from '#lib/report/run-profile.ts'
import { blamed, both, failed, inconclusive, passed, type VerdictCase } from './verdict-case.ts'

const NO_SIGILL = 'Died of an instruction that this processor does not know (SIGILL).'
const BRIEFLY: RunProfile = { timeoutMs: 2_000 }
const timedOut = {
  native: failed('timed-out RUN-001', 'Did not end within its time limit of 2 s.'),
  emulated: inconclusive(
    'timed-out',
    'Did not end within its time limit of 6 s (2 s, times 3 for the emulation).',
  ),
}
const BASELINE = 'Fatal glibc error: CPU lacks ISA 3.00 support (POWER9 or later required)'
/** A container-structure-test file of one command, which ought to end with 0. */
const commandTest = (way: string) =>
  `schemaVersion: 2.0.0\ncommandTests:\n  - { name: ${way}, command: /behave, args: [${way}] }\n`

/** Every way to end that a program can bring about. */
export const verdictCases: readonly VerdictCase[] = [
  { says: 'does what it should', image: 'both', ...both(passed), output: 'out 2\n' },
  {
    says: 'exits 1',
    image: 'exit',
    ...both(failed('exit-code RUN-001', 'Ended with exit code 1; expected was 0.')),
    output: 'about to fail\n',
  },
  {
    says: 'exits 1, as was expected',
    image: 'exit',
    profile: { expectExitCode: 1 },
    ...both({ told: 'passed as-expected', text: 'Ran to its end with exit code 1, as expected.' }),
  },
  { says: 'dies of SIGILL', image: 'illegal', ...blamed('illegal-instruction', NO_SIGILL) },
  {
    says: 'needs POWER9, which the emulator has',
    image: 'power9',
    native: failed('illegal-instruction RUN-001', NO_SIGILL),
    emulated: passed,
  },
  {
    says: 'needs POWER10, which the emulator is when it is told to',
    image: 'power10',
    native: failed('illegal-instruction RUN-001', NO_SIGILL),
    emulated: {
      told: 'passed as-expected RUN-003',
      text: 'Ran to its end with exit code 0, as expected, once the emulator was told to be a POWER10.',
    },
  },
  {
    says: 'dies of SIGSEGV',
    image: 'segfault',
    native: failed('signal RUN-001', 'Died of SIGSEGV.'),
    emulated: inconclusive('emulator-crash', 'Died of SIGSEGV under emulation, which crashes by itself too.'),
    attempts: 3,
  },
  {
    says: 'needs a newer processor, by its C library’s own words',
    image: 'cpu-baseline',
    ...blamed('cpu-baseline', `Needs a newer processor than it ran on: ${BASELINE}`),
  },
  {
    says: 'needs a newer x86-64, by its C library’s own words',
    image: 'cpu-baseline-x86',
    ...blamed(
      'cpu-baseline',
      'Needs a newer processor than it ran on: Fatal glibc error: CPU does not support x86-64-v3',
    ),
  },
  {
    says: 'needs a newer IBM Z, by its C library’s own words',
    image: 'cpu-baseline-z',
    ...blamed(
      'cpu-baseline',
      'Needs a newer processor than it ran on: Fatal glibc error: CPU lacks VXE support (z14 or later required)',
    ),
  },
  {
    says: 'has a shell that cannot execute what it starts',
    image: 'shell-exec-format',
    ...both(
      failed(
        'exec-format RUN-001',
        'Started something that Linux cannot execute: /run.sh: line 1: /app: cannot execute binary file: Exec format error',
      ),
    ),
  },
  {
    says: 'is told by an old runtime that nothing can execute it',
    image: 'runtime-exec-format',
    native: failed('exec-format RUN-001', 'The kernel cannot execute it (exec format error).'),
    emulated: inconclusive(
      'no-emulator',
      'The binaries are right, and the engine could not execute them: it lacks an emulator for this platform.',
    ),
  },
  {
    says: 'aborts',
    image: 'abort',
    native: failed('signal RUN-001', 'Died of SIGABRT.'),
    emulated: inconclusive('emulator-crash', 'Died of SIGABRT under emulation, which crashes by itself too.'),
    attempts: 3,
  },
  {
    says: 'is killed by nobody we know',
    image: 'killed',
    ...both(
      inconclusive(
        'killed',
        'Was killed (SIGKILL) from outside: not by its time limit, nor, as far as the engine tells, for want of memory.',
      ),
    ),
  },
  {
    says: 'was built for other pages',
    image: 'page-size',
    ...both(failed('page-size RUN-001', 'Was built for another memory page size than this kernel has.')),
  },
  { says: 'hangs', image: 'hang', profile: BRIEFLY, ...timedOut },
  { says: 'ignores SIGTERM', image: 'stubborn', profile: BRIEFLY, ...timedOut },
  { says: 'forks without end', image: 'fork', profile: BRIEFLY, ...timedOut },
  {
    says: 'takes memory without end',
    image: 'memory',
    ...blamed('out-of-memory', 'Was killed because it needed more memory than its limit.'),
  },
  {
    says: 'writes to the root file system and gets over it',
    image: 'write-root',
    ...both(passed),
    output: 'open refused 30\n',
  },
  {
    says: 'fails for the root file system',
    image: 'needs-root-files',
    ...both(
      inconclusive(
        'sandbox',
        'Wanted to write to its root file system, which the sandbox forbids: touch: /run/app: Read-only file system',
      ),
    ),
  },
  {
    says: 'fails for a capability',
    image: 'needs-rights',
    ...both(
      inconclusive(
        'sandbox',
        'Wanted to use privileges, which the sandbox forbids: chown(/data): Operation not permitted',
      ),
    ),
  },
  {
    says: 'tries the network and gets over it',
    image: 'network',
    ...both(passed),
    output: 'connect refused 101\n',
  },
  {
    says: 'fails for the network',
    image: 'needs-network',
    ...both(
      inconclusive(
        'sandbox',
        'Wanted to use the network, which the sandbox forbids: curl: (6) Could not resolve host: example.com',
      ),
    ),
  },
  {
    says: 'prints terminal escapes and HTML, kept as they are',
    image: 'escapes',
    ...both(passed),
    output:
      '\u001b[2J\u001b]8;;https://example.invalid\u001b\\link\u001b]8;;\u001b\\\r\n<script>alert(1)</script>',
  },
  {
    says: 'writes what was expected',
    image: 'both',
    profile: { expectOutput: 'err 1\nerr 2' },
    ...both(passed),
  },
  {
    says: 'does not write what was expected',
    image: 'both',
    profile: { expectOutput: 'Running on {platform}' },
    native: failed('output RUN-001', 'Ran, but did not write “Running on linux/amd64”.'),
    emulated: failed('output RUN-001', 'Ran, but did not write “Running on linux/ppc64le”.'),
  },
  {
    says: 'writes what matches',
    image: 'both',
    profile: { expectOutput: '/^out \\d$/m' },
    ...both(passed),
  },
  {
    says: 'does not write what matches',
    image: 'both',
    profile: { expectOutput: '/^out 3 on {architecture}$/m' },
    native: failed('output RUN-001', 'Ran, but did not write “/^out 3 on amd64$/m”.'),
    emulated: failed('output RUN-001', 'Ran, but did not write “/^out 3 on ppc64le$/m”.'),
  },
  {
    says: 'is a service that is still running',
    image: 'hang',
    profile: { service: { afterMs: 1_500 }, expectOutput: 'waiting' },
    ...both({
      told: 'passed still-running',
      text: 'Was still running when its time was up, as a service should.',
    }),
  },
  {
    says: 'is a service that ended early',
    image: 'both',
    profile: { service: { afterMs: 10_000 } },
    ...both(failed('service-ended RUN-001', 'Ended with exit code 0; a service has to keep running.')),
  },
  {
    says: 'is a service whose health check never ends',
    image: 'slow-check',
    profile: { service: { health: true }, timeoutMs: 1_500 },
    ...both(
      inconclusive(
        'service-unseen',
        'It kept running, and whether it works could not be seen: no try of its health check came to an end.',
      ),
    ),
  },
  {
    says: 'runs with small pages alone',
    image: 'small-pages',
    profile: { pages64k: true },
    native: passed,
    emulated: { ...passed, told: 'passed as-expected RUN-004' },
  },
  {
    says: 'does not do what its tests say',
    image: 'both',
    profile: { tests: commandTest('exit') },
    ...both(
      failed('as-expected RUN-005', '1 of 1 tests failed: exit. It ended with exit code 1; expected was 0.'),
    ),
  },
  {
    says: 'crashes in one of its tests',
    image: 'both',
    profile: { tests: commandTest('segfault') },
    native: failed('as-expected RUN-005', '1 of 1 tests failed: segfault. Died of SIGSEGV.'),
    emulated: inconclusive(
      'tests-unknown',
      'It ran as expected; not all of its tests could be judged: Died of SIGSEGV under emulation, which crashes by itself too.',
    ),
  },
]
