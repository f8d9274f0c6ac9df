import { describe, expect, test } from 'vitest'
import { failedExec, refusedStart } from './start-failure.ts'

describe('a start that the engine refused', () => {
  test.each([
    ['unable to find user nobody-here: no matching entries in passwd file', 'no-user'],
    [
      'OCI runtime create failed: runc create failed: exec: "/app": permission denied: unknown',
      'not-executable',
    ],
    ['exec: "app": executable file not found in $PATH: unknown', 'not-found'],
    ['exec /app: exec format error', 'exec-format'],
    ['failed to mount /var/lib/x: no such file or directory', 'other'],
    ['failed to create shim task: context deadline exceeded', 'other'],
    ['', 'other'],
  ])('%s', (words, kind) => expect(refusedStart(words).kind).toBe(kind))
})

describe('a program that the init or QEMU could not start', () => {
  test.each([
    [127, '[FATAL tini (7)] exec /nothing failed: No such file or directory\n', 'not-found'],
    [126, '[FATAL tini (8)] exec /behave failed: Permission denied\n', 'not-executable'],
    [1, '[FATAL tini (8)] exec /app failed: Exec format error\n', 'exec-format'],
    [127, 'ERROR (catatonit:2): failed to exec pid1: No such file or directory\n', 'not-found'],
    [255, "ppc64le-binfmt-P: Could not open '/lib64/ld64.so.2': No such file or directory\n", 'not-found'],
    [255, 'ppc64le-binfmt-P: /lib64/ld64.so.2: Invalid ELF image for this architecture\n', 'other'],
  ])('%i %s', (exitCode, stderr, kind) => expect(failedExec(exitCode, stderr)?.kind).toBe(kind))

  test.each([
    ['with an exit code of its own', 3, '[FATAL tini (7)] exec /x failed: No such file or directory\n'],
    ['that said more', 127, 'hello\n[FATAL tini (7)] exec /x failed: No such file or directory\n'],
    ['that a shell did not find', 127, 'sh: 1: java: not found\n'],
    ['that said nothing', 127, undefined],
  ])('is not one %s', (_, exitCode, stderr) => expect(failedExec(exitCode, stderr)).toBeUndefined())
})
