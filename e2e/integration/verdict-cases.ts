import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'

/** What comes of a job: verdict, reason of its ending and codes of its findings; and the sentence that people read. */
export interface CaseOutcome {
  readonly told: string
  readonly text: string
}

/** An image, what is asked of it, and what has to come of it natively and under emulation. */
export interface VerdictCase {
  readonly says: string
  readonly image: RunImageName
  readonly profile?: RunProfile
  readonly native: CaseOutcome
  readonly emulated: CaseOutcome
  /** What it has to have written. */
  readonly output?: string
  /** How often it was tried under emulation; once when absent. */
  readonly attempts?: number
}

const AS_EXPECTED = 'Ran to its end with exit code 0, as expected.'
const NO_SIGILL = 'Died of an instruction that this processor does not know (SIGILL).'
const AMD64 = 'ELF x86-64, 64-bit, little-endian'
const POWER = 'ELF PowerPC, 64-bit, little-endian, ELFv2'

const passed: CaseOutcome = { told: 'passed as-expected', text: AS_EXPECTED }
const failed = (told: string, text: string): CaseOutcome => ({ told: `failed ${told}`, text })
const inconclusive = (told: string, text: string): CaseOutcome => ({ told: `inconclusive ${told}`, text })
/** The image's fault natively; under emulation nobody knows whose. */
const blamed = (reason: string, text: string) => ({
  native: failed(`${reason} RUN-001`, text),
  emulated: inconclusive(reason, text),
})
/** The same on both. */
const both = (outcome: CaseOutcome) => ({ native: outcome, emulated: outcome })
const BRIEFLY: RunProfile = { timeoutMs: 2_000 }
const timedOut = {
  native: failed('timed-out RUN-001', 'Did not end within its time limit of 2 s.'),
  emulated: inconclusive(
    'timed-out',
    'Did not end within its time limit of 6 s (2 s, times 3 for the emulation).',
  ),
}
const BASELINE = 'Fatal glibc error: CPU lacks ISA 3.00 support (POWER9 or later required)'

/** Every way to end that an image alone can bring about. */
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
    says: 'starts what is not there',
    image: 'no-entrypoint',
    ...both(failed('not-found RUN-001', 'The entrypoint /nothing is not in the image.')),
  },
  {
    says: 'says nothing of what to start',
    image: 'no-command',
    ...both(failed('no-command RUN-001', 'The image names neither an entrypoint nor a command.')),
  },
  {
    says: 'lacks its loader',
    image: 'no-loader',
    ...both(
      failed(
        'missing-loader ELF-003',
        '/behave needs the loader /lib/ld-nothing.so.1, which is not in the image.',
      ),
    ),
  },
  {
    says: 'has the loader of another architecture',
    image: 'foreign-loader',
    native: failed(
      'start-refused ELF-003',
      `/behave needs the loader /lib/ld-nothing.so.1, which is ${POWER}.`,
    ),
    emulated: failed(
      'start-refused ELF-003',
      `/behave needs the loader /lib/ld-nothing.so.1, which is ${AMD64}.`,
    ),
  },
  {
    says: 'is a script whose interpreter is not there',
    image: 'no-interpreter',
    ...both(
      failed(
        'missing-interpreter RUN-001',
        '/run.sh is a script for "/bin/nothing", which is not in the image.',
      ),
    ),
  },
  {
    says: 'is a script whose interpreter is of another architecture',
    image: 'foreign-interpreter',
    native: failed('as-expected ELF-001', `/bin/tool is ${POWER}; expected ${AMD64}.`),
    emulated: failed(
      'as-expected ELF-001',
      `/bin/tool is ${AMD64}; expected ELF PowerPC, 64-bit, little-endian.`,
    ),
    output: 'out 2\n',
  },
  {
    says: 'is a script that names no interpreter',
    image: 'no-hash-bang',
    ...both(failed('exec-format RUN-001', '/run.sh is nothing that Linux can execute (exec format error).')),
  },
  {
    says: 'is a script that lacks a command',
    image: 'no-tool',
    ...both(failed('exit-code RUN-001', 'Ended with exit code 127; expected was 0.')),
  },
  {
    says: 'may not be executed',
    image: 'not-executable',
    ...both(failed('not-executable RUN-001', '/behave may not be executed.')),
  },
  {
    says: 'runs as a user that is not there',
    image: 'no-user',
    ...both(
      failed(
        'no-such-user RUN-001',
        'The image’s user is not in the image: unable to find user nobody-here: no matching entries in passwd file',
      ),
    ),
  },
  {
    says: 'is an amd64 binary under the label ppc64le: it runs, and it is wrong',
    image: 'amd64-inside',
    native: passed,
    emulated: failed(
      'as-expected ELF-001',
      `/behave is ${AMD64}; expected ELF PowerPC, 64-bit, little-endian.`,
    ),
    output: 'out 2\n',
  },
  {
    says: 'holds the binary of the other architecture',
    image: 'other-inside',
    native: failed('as-expected ELF-001', `/behave is ${POWER}; expected ${AMD64}.`),
    emulated: failed(
      'as-expected ELF-001',
      `/behave is ${AMD64}; expected ELF PowerPC, 64-bit, little-endian.`,
    ),
    output: 'out 2\n',
  },
  {
    says: 'starts a program for Windows',
    image: 'windows',
    native: failed('exec-format ELF-001', `/behave is a Windows program; expected ${AMD64}.`),
    emulated: failed(
      'exec-format ELF-001',
      '/behave is a Windows program; expected ELF PowerPC, 64-bit, little-endian.',
    ),
  },
  {
    says: 'is one thing in its index and another in its config',
    image: 'amd64-config',
    native: passed,
    emulated: failed(
      'as-expected META-001',
      'The index says linux/ppc64le, the image’s own config says linux/amd64.',
    ),
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
]
