import { mkdir, open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobOf } from '#e2e/lab/blob.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { writeLayout } from '#e2e/lab/layout.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import { filesOnDisk, openReaderWorld, type ReaderWorld, shownFiles } from './reader-world.ts'

// Guarantee: the merged file system is, entry for entry, what umoci unpacks from the same image.

const reason = (await ensurePackages(['layers'])).reason('layers')
let world: ReaderWorld
beforeAll(async () => {
  world = await openReaderWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

async function expectSame(layout: string, tag = 'latest'): Promise<void> {
  const root = path.join(world.folder, `${layout}-root`)
  await world.run('umoci', 'raw', 'unpack', '--image', `${layout}:${tag}`, root)
  const [shown, onDisk] = [await shownFiles(world, `oci:${layout}:${tag}`), await filesOnDisk(root)]
  expect(onDisk.length).toBeGreaterThan(0)
  expect(shown).toEqual(onDisk)
}

const dir = (name: string, mode = 0o755): TarShape => ({ name, type: '5', mode })
const file = (name: string, content = '', mode = 0o644): TarShape => ({ name, content, mode })
const hard = (name: string, linkName: string): TarShape => ({ name, type: '1', linkName })
const sym = (name: string, linkName: string): TarShape => ({ name, type: '2', linkName, mode: 0o777 })
const lower = [
  dir('./'),
  dir('./etc'),
  file('./etc/passwd', 'root', 0o600),
  dir('./opt', 0o700),
  dir('./opt/a'),
  file('./opt/a/1', 'one', 0o4755),
  file('./opt/b', 'two'),
  { ...file('./owned', 'x'), uid: 1000, gid: 50 },
  sym('./lib', 'usr/lib'),
  dir('./usr'),
  dir('./usr/lib'),
  hard('./usr/lib/again', './opt/b'),
]
const long = `${'a-long-folder-name/'.repeat(12)}file`

describe.skipIf(reason)('images of hand-made layers', () => {
  const cases: Record<string, readonly (readonly TarShape[])[]> = {
    'one-layer': [lower],
    whiteouts: [lower, [file('etc/.wh.passwd'), file('.wh.opt'), file('new', '1')]],
    'whiteout-and-return': [lower, [dir('opt'), file('opt/c', 'three'), file('.wh.opt')]],
    opaque: [lower, [dir('opt', 0o711), file('opt/.wh..wh..opq'), file('opt/kept', '1')]],
    'opaque-after': [
      lower,
      [dir('opt'), file('opt/kept', '1'), file('opt/.wh..wh..opq')],
      [file('opt/a', 'now a file')],
    ],
    'replaced-directories': [
      lower,
      [file('opt', 'a file now'), dir('owned'), file('owned/in', 'x')],
      [dir('opt'), file('opt/z')],
    ],
    'links-below': [lower, [hard('etc/again', 'opt/a/1'), hard('third', 'usr/lib/again')], [file('.wh.opt')]],
    'replaced-links': [lower, [dir('lib'), file('lib/a', 'x')], [sym('etc', 'usr')]],
    'long-names': [
      [
        { name: 'short', pax: { path: `${long}1` }, content: 'pax' },
        { name: '././@LongLink', type: 'L', content: `${long}2\0` },
        { name: 'short', content: 'gnu' },
        { name: 'link', type: '2', mode: 0o777, pax: { linkpath: `${long}1` } },
        { name: 'owner', pax: { uid: '70000', gid: '80000' } },
      ],
    ],
    'doubled-members': [
      [file('a', '1'), dir('d'), file('d/f'), file('a', '22'), dir('d', 0o711), file('d/f', 'again')],
    ],
    'dots-and-slashes': [
      [dir('/usr/'), file('//usr/./lib//x', '1'), file('usr/lib/../y', '2'), file('../../up', '3')],
    ],
  }
  it.each(Object.entries(cases))('%s', async (name, layers) => {
    const built = layers.map((shapes) => {
      const archive = buildTar(...shapes)
      return layerOf(archive, gzipSync(archive))
    })
    await writeLayout(path.join(world.folder, name), buildImage({ layers: built }), 'latest')
    await expectSame(name)
  })
})

describe.skipIf(reason)('images made by umoci', () => {
  it('changes, removals, links and a replaced directory, packed by its own rules', async () => {
    const edit = async (turn: number, change: (root: string) => Promise<void>) => {
      await world.run('umoci', 'unpack', '--image', 'made:latest', `bundle${turn}`)
      await change(path.join(world.folder, `bundle${turn}`, 'rootfs'))
      await world.run('umoci', 'repack', '--image', 'made:latest', `bundle${turn}`)
    }
    await world.run('umoci', 'init', '--layout', 'made')
    await world.run('umoci', 'new', '--image', 'made:latest')
    await edit(1, async (root) => {
      await mkdir(path.join(root, 'opt/app/data'), { recursive: true })
      await writeFile(path.join(root, 'opt/app/data/one'), 'one', { mode: 0o640 })
      await writeFile(path.join(root, 'opt/app/run'), '#!/bin/sh\n', { mode: 0o755 })
      await world.run('ln', path.join(root, 'opt/app/run'), path.join(root, 'opt/app/start'))
      await symlink('app/run', path.join(root, 'opt/link'))
      await world.run('mkfifo', path.join(root, 'pipe'))
      await world.run('chown', '12:34', path.join(root, 'opt/app/data/one'))
    })
    await edit(2, async (root) => {
      await rm(path.join(root, 'opt/app/data'), { recursive: true })
      await writeFile(path.join(root, 'opt/app/data'), 'a file now')
      await rm(path.join(root, 'opt/link'))
      await mkdir(path.join(root, 'opt/link'))
    })
    await edit(3, async (root) => {
      await rm(path.join(root, 'opt'), { recursive: true })
      await mkdir(path.join(root, 'opt/app'), { recursive: true })
      await writeFile(path.join(root, 'opt/app/only'), 'x')
    })
    await expectSame('made')
  })
})

describe.skipIf(reason)('images made by buildah', () => {
  it('several commits, one on top of the other', async () => {
    const state = ['--root', path.join(world.folder, 'store'), '--runroot', path.join(world.folder, 'run')]
    const buildah = (...args: readonly string[]) =>
      world.run('buildah', ...state, '--storage-driver', 'vfs', ...args).then((text) => text.trim())
    const commit = async (from: string, to: string, change: (root: string) => Promise<void>) => {
      const container = await buildah('from', from)
      await change(await buildah('mount', container))
      await buildah('umount', container)
      await buildah('commit', '--rm', container, to)
    }
    await commit('scratch', 'first', async (root) => {
      await mkdir(path.join(root, 'srv/www/deep'), { recursive: true })
      await writeFile(path.join(root, 'srv/www/index'), 'hello')
      await writeFile(path.join(root, 'srv/www/deep/file'), 'deep')
      await symlink('www', path.join(root, 'srv/link'))
    })
    await commit('localhost/first', 'second', async (root) => {
      await rm(path.join(root, 'srv/www/deep'), { recursive: true })
      await rm(path.join(root, 'srv/link'))
      await mkdir(path.join(root, 'srv/link'))
      await writeFile(path.join(root, 'srv/link/in'), 'in')
      await world.run('ln', path.join(root, 'srv/www/index'), path.join(root, 'srv/hard'))
    })
    await commit('localhost/second', 'third', async (root) => {
      await rm(path.join(root, 'srv/www'), { recursive: true })
      await writeFile(path.join(root, 'srv/www'), 'no folder any more')
      await writeFile(path.join(root, '.hidden'), 'x', { mode: 0o600 })
    })
    await buildah('push', 'localhost/third', `oci:${path.join(world.folder, 'built')}:latest`)
    await expectSame('built')
  })
})

describe('sparse files as GNU tar writes them', () => {
  it.each([
    ['gnu', []],
    ['posix', ['--sparse-version=1.0']],
    ['posix', ['--sparse-version=0.1']],
    ['posix', ['--sparse-version=0.0']],
  ] as const)('in format %s %s', async (format, more) => {
    const name = ['holes', format, ...more].join('').replaceAll(/[^a-z0-9]/g, '')
    const root = path.join(world.folder, `${name}-files`)
    await mkdir(root)
    const holes = await open(path.join(root, 'file'), 'w')
    // More pieces than fit one header, none of them aligned to another.
    for (let at = 0; at < 30; at++) await holes.write(`piece ${at}`, at * 1_000_003)
    await holes.truncate(40_000_000)
    await holes.close()
    await world.run('tar', '--sparse', `--format=${format}`, ...more, '-cf', `${name}.tar`, '-C', root, '.')
    const archive = await readFile(path.join(world.folder, `${name}.tar`))
    expect(archive.length).toBeLessThan(1_000_000)
    const built = layerOf(archive, gzipSync(archive))
    await writeLayout(path.join(world.folder, name), buildImage({ layers: [built] }), 'latest')
    expect(await shownFiles(world, `oci:${name}`)).toEqual(await filesOnDisk(root))
  })
})

describe('a zstd layer', () => {
  it('holds what its gzip twin holds', async () => {
    const archive = buildTar(...lower)
    const { diffId } = layerOf(archive, gzipSync(archive))
    for (const [name, bytes] of [
      ['plain-gzip', gzipSync(archive)],
      ['plain-zstd', zstdCompressSync(archive)],
    ] as const) {
      const layer = { ...blobOf('application/vnd.oci.image.layer.v1.tar', bytes), diffId }
      await writeLayout(path.join(world.folder, name), buildImage({ layers: [layer] }), 'latest')
    }
    expect(await shownFiles(world, 'oci:plain-zstd')).toEqual(await shownFiles(world, 'oci:plain-gzip'))
  })
})
