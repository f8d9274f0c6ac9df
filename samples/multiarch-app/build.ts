/**
 * Builds the sample image from `app.c` into `layout`, for every architecture, with the same bytes each time:
 * `node samples/multiarch-app/build.ts`. Needs Debian's cross compilers (see samples/README.md).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildLayer } from '#e2e/lab/layer.ts'
import { sampleLayoutFolder, writeLayout } from '#e2e/lab/layout.ts'
import {
  buildSampleRelease,
  type SampleArchitecture,
  type SampleLayers,
  sampleArchitectures,
  sampleEpochSeconds,
  sampleVersion,
} from '#e2e/lab/sample-release.ts'

/** Kernels with 64 KiB pages cannot map segments that are aligned to less. */
const pages64k = ['-Wl,-z,max-page-size=65536']

const targets: Readonly<Record<SampleArchitecture, { compiler: string; flags: readonly string[] }>> = {
  amd64: { compiler: 'x86_64-linux-gnu-gcc', flags: [] },
  arm64: { compiler: 'aarch64-linux-gnu-gcc', flags: pages64k },
  ppc64le: { compiler: 'powerpc64le-linux-gnu-gcc', flags: ['-mcpu=power8', ...pages64k] },
  s390x: { compiler: 's390x-linux-gnu-gcc', flags: [] },
}

const flags = [
  ...['-std=c11', '-Os', '-Wall', '-Wextra', '-Werror'],
  ...['-ffreestanding', '-nostdlib', '-static', '-fno-pie', '-no-pie', '-fno-stack-protector'],
  // Nothing that depends on the compiler's build, and one segment, so that 64 KiB alignment costs no bytes.
  ...['-fno-ident', '-fno-asynchronous-unwind-tables'],
  '-Wl,--build-id=none,--strip-all,-z,noseparate-code,-z,noexecstack',
]

const index = buildSampleRelease(compileAll(), sampleVersion, sampleEpochSeconds)
await writeLayout(sampleLayoutFolder, index, 'latest')

console.log(`${index.digest}  index`)
for (const image of index.children) {
  const sizeBytes = image.size + image.blobs.reduce((sum, blob) => sum + blob.size, 0)
  console.log(`${image.digest}  linux/${image.platform?.architecture}, ${sizeBytes} bytes`)
}

function compileAll(): SampleLayers {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-sample-'))
  try {
    const entries = sampleArchitectures.map((architecture) => {
      const content = compile(architecture, path.join(folder, architecture))
      const app = { path: 'app', mode: 0o755, mtimeSeconds: sampleEpochSeconds, content }
      return [architecture, buildLayer([app])] as const
    })
    return Object.fromEntries(entries) as SampleLayers
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compile(architecture: SampleArchitecture, output: string): Buffer {
  const target = targets[architecture]
  execFileSync(target.compiler, [...flags, ...target.flags, '-o', output, 'app.c'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  })
  return readFileSync(output)
}
