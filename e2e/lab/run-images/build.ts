/**
 * Compiles `behave.c` into `programs`, with the same bytes each time: `node e2e/lab/run-images/build.ts`. What it
 * writes is committed, so that tests need no compilers. Needs gcc-x86-64-linux-gnu and gcc-powerpc64le-linux-gnu.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type ProgramArchitecture, programArchitectures, programFile } from './programs.ts'

const targets: Readonly<Record<ProgramArchitecture, { compiler: string; flags: readonly string[] }>> = {
  amd64: { compiler: 'x86_64-linux-gnu-gcc', flags: [] },
  ppc64le: {
    compiler: 'powerpc64le-linux-gnu-gcc',
    flags: ['-mcpu=power8', '-Wl,-z,max-page-size=65536'],
  },
}

const flags = [
  ...['-std=gnu11', '-Os', '-Wall', '-Wextra', '-Werror', '-Wno-misleading-indentation'],
  ...['-ffreestanding', '-fno-builtin', '-nostdlib', '-fno-stack-protector', '-fno-ident'],
  ...['-fno-asynchronous-unwind-tables', '-fno-tree-loop-distribute-patterns'],
  '-Wl,--build-id=none,--strip-all,-z,noseparate-code,-z,noexecstack',
]
const statically = ['-static', '-fno-pie', '-no-pie']
/** A program that asks for a loader which no image has. */
const withoutLoader = ['-fpie', '-pie', '-Wl,--dynamic-linker=/lib/ld-nothing.so.1']

for (const architecture of programArchitectures) {
  compile(architecture, 'behave', statically)
  compile(architecture, 'loaderless', withoutLoader)
}

function compile(
  architecture: ProgramArchitecture,
  name: 'behave' | 'loaderless',
  linking: readonly string[],
) {
  const { compiler, flags: own } = targets[architecture]
  const output = programFile(architecture, name)
  mkdirSync(path.dirname(output), { recursive: true })
  execFileSync(compiler, [...flags, ...linking, ...own, '-o', output, 'behave.c'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  })
}
