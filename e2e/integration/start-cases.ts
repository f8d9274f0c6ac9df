import { AMD64, both, failed, inconclusive, POWER, passed, type VerdictCase } from './verdict-case.ts'

/** Every way in which what an image starts can be wrong, from no entrypoint to a foreign `uname` beside a right one. */
export const startCases: readonly VerdictCase[] = [
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
    says: 'is a script with the line ends of Windows',
    image: 'crlf',
    ...both(
      failed(
        'missing-interpreter RUN-001',
        '/run.sh is a script for "/behave\\r", which is not in the image.',
      ),
    ),
  },
  {
    says: 'starts an empty file',
    image: 'empty',
    ...both(failed('exec-format RUN-001', '/run.sh is nothing that Linux can execute (exec format error).')),
  },
  {
    says: 'starts a folder',
    image: 'folder',
    ...both(failed('not-executable RUN-001', '/data may not be executed.')),
  },
  {
    says: 'is a link to itself',
    image: 'link-loop',
    ...both(failed('link-loop RUN-001', '/run.sh never leads to a file: links or scripts in a circle.')),
  },
  {
    says: 'starts something by a name that is in no folder of its PATH, and it runs',
    image: 'launches-nothing',
    ...both(inconclusive('binaries-unseen', 'It ran, but which binaries ran could not be told.')),
  },
  {
    says: 'has a working directory that is a file',
    image: 'working-file',
    ...both(
      failed(
        'start-refused RUN-001',
        'The engine could not start it: Cannot mkdir: /behave is not a directory',
      ),
    ),
  },
  {
    says: 'has a uname that names its platform',
    image: 'uname',
    ...both(passed),
  },
  {
    says: 'has a uname of the other architecture beside the right program',
    image: 'foreign-uname',
    native: failed(
      'as-expected RUN-002',
      `/bin/uname -m says ppc64le; expected x86_64: /bin/busybox is ${POWER}.`,
    ),
    emulated: failed(
      'as-expected RUN-002',
      `/bin/uname -m says x86_64; expected ppc64le: /bin/busybox is ${AMD64}.`,
    ),
  },
]
