import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readLayout, sampleLayoutFolder } from './layout.ts'
import { type SampleArchitecture, sampleArchitectures } from './sample-release.ts'

const index = await readLayout(sampleLayoutFolder, 'latest')

const elf = {
  amd64: { machine: 62, bigEndian: false, pageBytes: 0x1000 },
  arm64: { machine: 183, bigEndian: false, pageBytes: 0x10000 },
  ppc64le: { machine: 21, bigEndian: false, pageBytes: 0x10000 },
  s390x: { machine: 22, bigEndian: true, pageBytes: 0x1000 },
} as const

const nodeNames: Readonly<Record<string, SampleArchitecture>> = {
  x64: 'amd64',
  arm64: 'arm64',
  ppc64: 'ppc64le',
  s390x: 's390x',
}
const native = nodeNames[process.arch]

function lines(architecture: string): string {
  return [
    'Process started.',
    `Running on linux/${architecture}`,
    'Process completed.',
    'Welcome to the Multi-Arch World\n',
  ].join('\n')
}

/** The one file in the image's one layer. */
function programOf(architecture: SampleArchitecture): Buffer {
  const image = index.children.find(({ platform }) => platform?.architecture === architecture)
  const archive = gunzipSync(image?.blobs[1]?.bytes ?? '')
  expect(archive.toString('latin1', 0, 4)).toBe('app\0')
  expect(archive.toString('latin1', 100, 107)).toBe('0000755')
  const sizeBytes = Number.parseInt(archive.toString('latin1', 124, 135), 8)
  return archive.subarray(512, 512 + sizeBytes)
}

test('the committed layout is one index of four linux images', () => {
  expect(index.children.map(({ platform }) => platform)).toEqual(
    sampleArchitectures.map((architecture) => ({ architecture, os: 'linux' })),
  )
})

test.each(sampleArchitectures)('%s: config and label agree with the index', (architecture) => {
  const image = index.children.find(({ platform }) => platform?.architecture === architecture)
  expect(JSON.parse(image?.blobs[0]?.bytes.toString() ?? '')).toMatchObject({
    os: 'linux',
    architecture,
    config: { Entrypoint: ['/app'], User: '65532:65532', WorkingDir: '/' },
  })
})

test.each(sampleArchitectures)(
  '%s: the program is static, of that machine, and says its name',
  (architecture) => {
    const program = programOf(architecture)
    const { machine, bigEndian, pageBytes } = elf[architecture]
    const u16 = (at: number) => (bigEndian ? program.readUInt16BE(at) : program.readUInt16LE(at))
    const u64 = (at: number) => Number(bigEndian ? program.readBigUInt64BE(at) : program.readBigUInt64LE(at))
    expect([program.readUInt8(5), u16(16), u16(18)]).toEqual([bigEndian ? 2 : 1, 2, machine])
    if (architecture === 'ppc64le') expect(program.readUInt32LE(48) & 3, 'ELFv2').toBe(2)
    // The first program header is the only PT_LOAD; p_align is at offset 48.
    expect(u64(u64(32) + 48)).toBeGreaterThanOrEqual(pageBytes)
    expect(program.includes(lines(architecture))).toBe(true)
  },
)

test.skipIf(native === undefined)('the program of this machine runs and ends with 0', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-sample-'))
  try {
    const file = path.join(folder, 'app')
    await writeFile(file, programOf(native ?? 'amd64'))
    await chmod(file, 0o755)
    expect((await promisify(execFile)(file)).stdout).toBe(lines(native ?? 'amd64'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
