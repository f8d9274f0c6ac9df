import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { writeLayout } from '#e2e/lab/layout.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import type { BinaryDto } from '#lib/api/binaries.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'
import { listPackages } from '#lib/service/list-packages.ts'
import { openReaderWorld, type ReaderWorld } from './reader-world.ts'

// Guarantee: what Archway says of binaries and packages is what readelf, dpkg-query and rpm say of the same image's
// files, as umoci unpacks them.

const reason = (await ensurePackages(['layers'])).reason('layers')
const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
let world: ReaderWorld
beforeAll(async () => {
  world = await openReaderWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** An image of one layer: an archive of these paths below a folder. */
async function imageOf(name: string, root: string, ...paths: readonly string[]): Promise<string> {
  await world.run('tar', '-cf', `${name}.tar`, '-C', root, ...paths)
  const archive = await readFile(path.join(world.folder, `${name}.tar`))
  const built = layerOf(archive, gzipSync(archive, { level: 1 }))
  await writeLayout(path.join(world.folder, name), buildImage({ layers: [built] }), 'latest')
  return `oci:${name}:latest`
}

/** The folder that umoci unpacks an image into. */
async function unpacked(ref: string): Promise<string> {
  const root = path.join(world.folder, `${ref.replaceAll(/[^a-z]/g, '')}-root`)
  await world.run('umoci', 'raw', 'unpack', '--image', ref.slice('oci:'.length), root)
  return root
}

describe.skipIf(reason)('ELF files, as readelf reads them', () => {
  it('of this machine: libraries, programs, static and dynamic', async () => {
    const folders = ['usr/bin', 'usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'].filter((folder) =>
      folder.startsWith('usr/bin') ? true : process.arch === (folder.includes('x86_64') ? 'x64' : 'arm64'),
    )
    const paths = (await Promise.all(folders.map(smallFiles))).flat().slice(0, 400)
    const ref = await imageOf('host', '/', ...paths)
    const { binaries } = await listBinaries(world.context, { ref, kind: 'elf' })
    expect(binaries.length).toBeGreaterThan(50)
    const root = await unpacked(ref)
    for (const binary of binaries) expect(ours(binary)).toEqual(await readelf(root, binary.path))
  })

  it('of other machines: ppc64le, arm64, s390x', async () => {
    await world.run('cp', '-r', path.join(PROJECT_ROOT, 'e2e/lab/run-images/programs'), 'programs')
    const sample = path.join(PROJECT_ROOT, 'samples/multiarch-app/layout')
    for (const name of await readdir(path.join(sample, 'blobs/sha256'))) {
      const blob = path.join(sample, 'blobs/sha256', name)
      const isLayer = (await readFile(blob)).readUInt16BE(0) === 0x1f8b
      if (!isLayer) continue
      await mkdir(path.join(world.folder, 'programs', name))
      await world.run('tar', '-xzf', blob, '-C', `programs/${name}`)
    }
    const ref = await imageOf('foreign', world.folder, 'programs')
    const { binaries } = await listBinaries(world.context, { ref, kind: 'elf' })
    const machines = new Set(binaries.map(({ machine = '' }) => machine.split(',')[0]))
    expect(machines).toEqual(new Set(['x86-64', 'PowerPC', 'AArch64', 'S/390']))
    const root = await unpacked(ref)
    for (const binary of binaries) expect(ours(binary)).toEqual(await readelf(root, binary.path))
  })

  it('Go’s build information of a program that Go built', async () => {
    const umoci = (await run('which', ['umoci'])).stdout.trim()
    const ref = await imageOf('go', path.dirname(umoci), path.basename(umoci))
    const { binaries } = await listBinaries(world.context, { ref })
    expect(binaries[0]?.go).toMatchObject({
      version: expect.stringMatching(/^go1\.\d+/),
      path: expect.stringContaining('umoci'),
      settings: { GOOS: 'linux' },
    })
  })
})

/** Regular files of a system folder that are quick to pack. */
async function smallFiles(folder: string): Promise<string[]> {
  const found = await readdir(`/${folder}`, { withFileTypes: true })
  const files = found.filter((each) => each.isFile()).map((each) => `${folder}/${each.name}`)
  const sizes = await Promise.all(files.map(async (file) => (await stat(`/${file}`)).size))
  return files.filter((_, at) => (sizes[at] ?? 0) < 500_000)
}

interface Told {
  readonly machine: string
  readonly type: string | undefined
  readonly interpreter: string | undefined
  readonly needed: readonly string[]
  readonly soname: string | undefined
  readonly buildId: string | undefined
  readonly maxAlignBytes: number | undefined
}

function ours(binary: BinaryDto): Told & { path: string } {
  const { type, interpreter, needed = [], soname, buildId, maxAlignBytes, machine = '' } = binary
  return { path: binary.path, machine, type, interpreter, needed, soname, buildId, maxAlignBytes }
}

/** What readelf calls a machine, in our words. */
const MACHINES: Readonly<Record<string, string>> = {
  'Advanced Micro Devices X86-64': 'x86-64',
  'Intel 80386': 'x86',
  AArch64: 'AArch64',
  PowerPC64: 'PowerPC',
  'IBM S/390': 'S/390',
}

async function readelf(root: string, file: string): Promise<Told & { path: string }> {
  const { stdout } = await run('readelf', ['-hldnW', path.join(root, file)], {
    env: { ...process.env, LC_ALL: 'C' },
  })
  const first = (pattern: RegExp) => pattern.exec(stdout)?.[1]
  const aligns = [...stdout.matchAll(/^ +LOAD .* 0x([0-9a-f]+)$/gm)].map(([, hex = '0']) =>
    Number.parseInt(hex, 16),
  )
  const types: Readonly<Record<string, string>> = { DYN: 'shared', EXEC: 'executable', REL: 'relocatable' }
  const machine = first(/^ +Machine: +(.+)$/m) ?? ''
  const isPower = machine === 'PowerPC64'
  return {
    path: file,
    machine: [
      MACHINES[machine] ?? machine,
      `${first(/^ +Class: +ELF(\d+)$/m)}-bit`,
      `${first(/^ +Data: .*, (\w+) endian$/m)}-endian`,
      ...(isPower ? [`ELFv${first(/^ +Flags: .*abiv(\d)/m)}`] : []),
    ].join(', '),
    type: types[first(/^ +Type: +(\w+)/m) ?? ''],
    interpreter: first(/Requesting program interpreter: ([^\]]+)\]/),
    needed: [...stdout.matchAll(/\(NEEDED\) +Shared library: \[([^\]]+)\]/g)].map(([, name = '']) => name),
    soname: first(/\(SONAME\) +Library soname: \[([^\]]+)\]/),
    buildId: first(/Build ID: ([0-9a-f]+)/),
    maxAlignBytes: aligns.length === 0 ? undefined : Math.max(...aligns),
  }
}

describe.skipIf(reason)('packages', () => {
  it('of dpkg, as dpkg-query lists them', async () => {
    const ref = await imageOf('dpkg', '/', 'var/lib/dpkg/status')
    const fields = ['db:Status-Status', 'Package', 'Version', 'Architecture'].map((name) => `$\{${name}}`)
    const admin = `--admindir=${path.join(await unpacked(ref), 'var/lib/dpkg')}`
    const { stdout } = await run('dpkg-query', [admin, '-W', '-f', `${fields.join(' ')}\\n`])
    const installed = stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length))
    const { packages, databases } = await listPackages(world.context, { ref })
    const shown = packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`)
    expect(shown.sort()).toEqual(installed.sort())
    expect(databases).toMatchObject([{ packages: installed.length }])
  })

  it('of rpm, as rpm -qa lists them', async () => {
    const root = path.join(world.folder, 'rpm-root')
    const db = path.join(root, 'var/lib/rpm')
    await mkdir(db, { recursive: true })
    await world.run('rpmdb', '--define', '_db_backend sqlite', '--dbpath', db, '--initdb')
    const spec = (name: string, epoch: string) =>
      `Name: ${name}\nVersion: 1.2\nRelease: 3\n${epoch}Summary: x\nLicense: x\nBuildArch: noarch\n%description\nx\n%files\n`
    for (const [name, epoch] of [
      ['one', ''],
      ['two', 'Epoch: 4\n'],
    ] as const) {
      const file = path.join(world.folder, `${name}.spec`)
      await writeFile(file, spec(name, epoch))
      await world.run('rpmbuild', '-bb', '--define', `_topdir ${world.folder}/build`, file)
      const built = path.join(world.folder, 'build/RPMS/noarch', `${name}-1.2-3.noarch.rpm`)
      await world.run(
        'rpm',
        '--define',
        '_db_backend sqlite',
        '--dbpath',
        db,
        '-i',
        '--justdb',
        '--nodeps',
        built,
      )
    }
    const format = '%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE} %{ARCH}\\n'
    const ref = await imageOf('rpm', root, 'var')
    const there = path.join(await unpacked(ref), 'var/lib/rpm')
    const sqlite = ['--define', '_db_backend sqlite', '--dbpath', there]
    const listed = await world.run('rpm', ...sqlite, '-qa', '--qf', format)
    const { packages } = await listPackages(world.context, { ref })
    const shown = packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`)
    expect(shown.sort()).toEqual(listed.trim().split('\n').sort())
    expect(shown).toEqual(['one 1.2-3 noarch', 'two 4:1.2-3 noarch'])
  })
})
