import { describe, expect, it } from 'vitest'
import type { ImageEntry } from '#lib/image/image-entry.ts'
import { resolveEntrypoint } from '#lib/image/resolve-entrypoint.ts'
import { elfShapes } from '#lib/image/testing/build-elf.ts'
import { file, memoryImage, program } from '#lib/image/testing/memory-image.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { type Ending, ending } from '#lib/report/ending.ts'
import { cov001 } from './cov-001.ts'
import { renderFinding } from './render-finding.ts'
import { jobGaps, runJobChecks } from './run-job-checks.ts'

const POWER: Platform = { os: 'linux', architecture: 'ppc64le' }
const RAN = ending('passed', 'as-expected', { exitCode: 0 })
const power = (interpreter?: string) =>
  program({ ...elfShapes.ppc64le, ...(interpreter ? { interpreter } : {}) })

async function judge(
  entries: Readonly<Record<string, ImageEntry>>,
  {
    entrypoint = ['/app'],
    how = RAN,
    platform = POWER,
  }: { entrypoint?: string[]; how?: Ending; platform?: Platform } = {},
) {
  const command = { entrypoint, cmd: [], env: [], workingDir: '/' }
  const resolution = await resolveEntrypoint(memoryImage(entries), command)
  return runJobChecks({ platform, resolution, ending: how })
}
async function messages(...args: Parameters<typeof judge>) {
  return (await judge(...args)).map((finding) => `${finding.code} ${renderFinding(finding).message}`)
}

it('a right binary that ran has no finding', async () =>
  expect(await judge({ '/app': power('/lib64/ld64.so.2'), '/lib64/ld64.so.2': power() })).toEqual([]))

describe('ELF-001', () => {
  it('finds an amd64 binary in a ppc64le image, although it ran', async () =>
    expect(await judge({ '/app': program(elfShapes.amd64) })).toEqual([
      {
        code: 'ELF-001',
        severity: 'error',
        platform: 'linux/ppc64le',
        evidence: {
          path: '/app',
          role: 'entrypoint',
          found: 'x86-64, 64-bit, little-endian',
          expected: 'PowerPC, 64-bit, little-endian',
          differsIn: ['machine'],
        },
      },
    ]))
  it.each<[string, Readonly<Record<string, ImageEntry>>, string[], string]>([
    [
      'a foreign interpreter',
      { '/app': file('#!/bin/sh\n'), '/bin/sh': program(elfShapes.arm64) },
      ['/app'],
      'ELF-001 /bin/sh is ELF AArch64, 64-bit, little-endian; expected ELF PowerPC, 64-bit, little-endian.',
    ],
    [
      'big-endian POWER',
      { '/app': program(elfShapes.ppc64) },
      ['/app'],
      'ELF-001 /app is ELF PowerPC, 64-bit, big-endian, ELFv1; expected ELF PowerPC, 64-bit, little-endian.',
    ],
    [
      'a Windows program',
      { '/app': file('MZ') },
      ['/app'],
      'ELF-001 /app is a Windows program; expected ELF PowerPC, 64-bit, little-endian.',
    ],
    [
      'what a right shell starts',
      { '/bin/sh': power(), '/app': program(elfShapes.s390x) },
      ['/bin/sh', '-c', '/app'],
      'ELF-001 /app is ELF S/390, 64-bit, big-endian; expected ELF PowerPC, 64-bit, little-endian.',
    ],
  ])('finds %s', async (_, entries, entrypoint, message) => {
    expect(await messages(entries, { entrypoint })).toEqual([message])
    expect(await messages(entries, { entrypoint, how: ending('failed', 'exec-format') })).toEqual([message])
  })
  it.each<[string, Platform]>([
    ['Windows', { os: 'windows', architecture: 'amd64' }],
    ['an architecture it does not know', { os: 'linux', architecture: 'vax' }],
  ])('does not judge %s', async (_, platform) =>
    expect(await judge({ '/app': program(elfShapes.amd64) }, { platform })).toEqual([]),
  )
  it('does not judge what nobody saw', () =>
    expect(
      runJobChecks({ platform: POWER, resolution: undefined, ending: ending('skipped', 'no-engine') }),
    ).toEqual([]))
})

describe('ELF-003', () => {
  const how = ending('failed', 'missing-loader', { path: '/app', interpreter: '/lib64/ld64.so.2' })
  it('finds a missing loader, once', async () =>
    expect(await messages({ '/app': power('/lib64/ld64.so.2') }, { how })).toEqual([
      'ELF-003 /app needs the loader /lib64/ld64.so.2, which is not in the image.',
    ]))
  it('finds a loader of another architecture', async () =>
    expect(
      await messages({ '/app': power('/lib64/ld64.so.2'), '/lib64/ld64.so.2': program(elfShapes.amd64) }),
    ).toEqual([
      'ELF-003 /app needs the loader /lib64/ld64.so.2, which is ELF x86-64, 64-bit, little-endian.',
    ]))
  it('finds a loader that is none', async () =>
    expect(await messages({ '/app': power('/ld.so'), '/ld.so': file('text') })).toEqual([
      'ELF-003 /app needs the loader /ld.so, which is no ELF file.',
    ]))
  it('leaves a foreign binary without its loader to ELF-001', async () =>
    expect(
      (await judge({ '/app': program({ ...elfShapes.amd64, interpreter: '/lib64/ld.so' }) }, { how })).map(
        (f) => f.code,
      ),
    ).toEqual(['ELF-001']))
})

describe('RUN-001', () => {
  it('tells what failed', async () =>
    expect(
      await messages(
        { '/app': power() },
        { how: ending('failed', 'exit-code', { exitCode: 1, expectedExitCode: 0 }) },
      ),
    ).toEqual(['RUN-001 Ended with exit code 1; expected was 0.']))
  it('tells what no kernel can execute, also when an init helped it to run', async () =>
    expect(await messages({ '/app': file('echo\n') })).toEqual([
      'RUN-001 /app is nothing that Linux can execute (exec format error).',
    ]))
  it('keeps quiet where the witness is at fault', async () =>
    expect(await judge({ '/app': power() }, { how: ending('inconclusive', 'emulator-crash') })).toEqual([]))
})

it('COV-001 finds each required platform that is missing, and takes no variant for another', () => {
  const findings = cov001.run({
    required: ['linux/amd64', 'linux/ppc64le', 'linux/s390x'],
    present: ['linux/amd64', 'linux/ppc64le/power9'],
  })
  expect(findings.map((finding) => [finding.platform, renderFinding(finding).message])).toEqual([
    ['linux/ppc64le', 'The image has linux/amd64 and linux/ppc64le/power9 only.'],
    ['linux/s390x', 'The image has linux/amd64 and linux/ppc64le/power9 only.'],
  ])
})

describe('RUN-002', () => {
  const facts = (architecture: string, said: string, variant?: string) => ({
    platform: { os: 'linux', architecture, ...(variant ? { variant } : {}) },
    resolution: undefined,
    ending: RAN,
    uname: { path: '/bin/uname', said },
  })
  it('finds another word, with both and the path', () =>
    expect(runJobChecks(facts('ppc64le', 'x86_64'))).toEqual([
      {
        code: 'RUN-002',
        severity: 'error',
        platform: 'linux/ppc64le',
        evidence: { path: '/bin/uname', said: 'x86_64', expected: 'ppc64le' },
      },
    ]))
  it.each([
    ['the right one', 'ppc64le', 'ppc64le', undefined],
    ['386 on amd64', '386', 'x86_64', undefined],
    ['arm on arm64', 'arm', 'aarch64', 'v7'],
    ['arm on arm64 as a 32-bit process', 'arm', 'armv8l', 'v6'],
  ])('does not find %s', (_, architecture, said, variant) => {
    expect(runJobChecks(facts(architecture, said, variant))).toEqual([])
    expect(jobGaps(facts(architecture, said, variant))).toEqual([])
  })
  it('does not judge an architecture whose word nobody knows', () => {
    expect(runJobChecks(facts('sparc64', 'sparc64'))).toEqual([])
    expect(jobGaps(facts('sparc64', 'sparc64'))).toMatchObject([{ reason: 'machine-word-unknown' }])
  })
  it('says why uname was not asked', () => {
    const { uname: _, ...others } = facts('ppc64le', '')
    expect(jobGaps(others)).toEqual([])
    expect(jobGaps({ ...others, uname: { unasked: 'no-uname' } })).toEqual([
      { reason: 'no-uname', codes: ['RUN-002'], platforms: ['linux/ppc64le'] },
    ])
  })
})
