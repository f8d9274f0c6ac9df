/**
 * Compiles `probe.c` for every architecture into `lib/engine/probe/port-programs.json`, with the same bytes each time:
 * `node samples/port-probe/build.ts`. Needs Debian's cross compilers (see samples/README.md).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'

/** Kernels with 64 KiB pages cannot map segments that are aligned to less. */
const pages64k = ['-Wl,-z,max-page-size=65536']

const targets: Readonly<Record<string, readonly string[]>> = {
  amd64: ['x86_64-linux-gnu-gcc'],
  arm64: ['aarch64-linux-gnu-gcc', ...pages64k],
  ppc64le: ['powerpc64le-linux-gnu-gcc', '-mcpu=power8', ...pages64k],
  s390x: ['s390x-linux-gnu-gcc'],
}

const flags = [
  ...['-std=gnu11', '-Os', '-Wall', '-Wextra', '-Werror', '-Wno-misleading-indentation'],
  ...['-ffreestanding', '-fno-builtin', '-nostdlib', '-static', '-fno-pie', '-no-pie'],
  ...['-fno-stack-protector', '-fno-tree-loop-distribute-patterns'],
  // Nothing that depends on the compiler's build, and one segment, so that 64 KiB alignment costs no bytes.
  ...['-fno-ident', '-fno-asynchronous-unwind-tables'],
  '-Wl,--build-id=none,--strip-all,-z,noseparate-code,-z,noexecstack',
]

const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-probe-'))
try {
  const programs = Object.entries(targets).map(([architecture, [compiler = '', ...own]]) => {
    const output = path.join(folder, architecture)
    execFileSync(compiler, [...flags, ...own, '-o', output, 'probe.c'], {
      cwd: import.meta.dirname,
      stdio: 'inherit',
    })
    const bytes = readFileSync(output)
    console.log(`linux/${architecture}, ${bytes.length} bytes`)
    return [architecture, deflateRawSync(bytes, { level: 9 }).toString('base64')]
  })
  const file = path.join(import.meta.dirname, '../../lib/engine/probe/port-programs.json')
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(programs), null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
