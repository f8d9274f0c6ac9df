import { describe, expect, it } from 'vitest'
import type { ReadSqlite } from './package-database.ts'
import { databaseTypeOf, readDatabase } from './read-database.ts'
import { readRpmHeader } from './rpm.ts'

function read(path: string, content: string | Buffer | undefined, readSqlite?: ReadSqlite) {
  const type = databaseTypeOf(path)
  if (type === undefined) throw new Error(`${path} is no database`)
  const { path: _, ...rest } = readDatabase(
    { path, type, bytes: content === undefined ? undefined : Buffer.from(content) },
    readSqlite,
  )
  return rest
}

describe('a database is known by its path, below whatever root', () => {
  it.each([
    ['var/lib/dpkg/status', 'dpkg'],
    ['opt/chroot/var/lib/dpkg/status', 'dpkg'],
    ['var/lib/dpkg/status.d/base', 'dpkg'],
    ['lib/apk/db/installed', 'apk'],
    ['usr/lib/apk/db/installed', 'apk'],
    ['var/lib/rpm/rpmdb.sqlite', 'rpm'],
    ['usr/lib/sysimage/rpm/Packages.db', 'rpm'],
    ['var/lib/rpm/Packages', 'rpm'],
    ['usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA', 'python'],
    ['usr/lib/python3/dist-packages/six-1.16.0.dist-info/WHEEL', 'python'],
    ['usr/lib/python3/dist-packages/six.egg-info', 'python'],
    ['app/node_modules/left-pad/package.json', 'npm'],
    ['app/node_modules/@scope/name/package.json', 'npm'],
  ])('%s: %s', (path, type) => expect(databaseTypeOf(path)).toBe(type))
  it.each([
    'var/lib/dpkg/status-old',
    'var/lib/dpkg/status.d/base.md5sums',
    'myvar/lib/dpkg/status',
    'etc/installed',
    'app/package.json',
    'app/node_modules/a/lib/package.json',
    'usr/lib/rpm/rpmdb.sqlite',
  ])('%s is none', (path) => expect(databaseTypeOf(path)).toBeUndefined())
})

describe('dpkg', () => {
  const status = `Package: bash
Status: install ok installed
Architecture: ppc64el
Source: bash-src (5.2)
Version: 5.2.15-2+b2
Description: shell
 Package: not-this
 .
 Version: 9

Package: gone
Status: deinstall ok config-files
Version: 1
Architecture: all

Package: held
Status: hold ok installed
Version: 2:1.0~rc1
Architecture: all
`
  it('holds what is installed', () =>
    expect(read('var/lib/dpkg/status', status)).toEqual({
      type: 'dpkg',
      packages: [
        { name: 'bash', version: '5.2.15-2+b2', architecture: 'ppc64el', source: 'bash-src' },
        { name: 'held', version: '2:1.0~rc1', architecture: 'all' },
      ],
    }))
  it('in pieces without status, as distroless has it', () =>
    expect(
      read('var/lib/dpkg/status.d/tzdata', 'Package: tzdata\r\nVersion: 2024a\r\n\r\n').packages,
    ).toEqual([{ name: 'tzdata', version: '2024a' }]))
  it('broken in part: the rest is shown', () =>
    expect(read('var/lib/dpkg/status', `${status}\nPackage: half\n\nVersion: 1\n`)).toMatchObject({
      packages: [{ name: 'bash' }, { name: 'held' }],
      problem: { code: 'database_broken', message: '2 of its stanzas lack a name or a version.' },
    }))
  it.each([
    ['garbage', Buffer.from([0, 1, 2, 3])],
    ['no stanza at all', 'lorem ipsum\ndolor\n'],
  ])('%s', (_, content) =>
    expect(read('var/lib/dpkg/status', content)).toMatchObject({
      packages: [],
      problem: { code: 'database_broken' },
    }),
  )
  it('empty is not broken', () =>
    expect(read('var/lib/dpkg/status', '')).toEqual({ type: 'dpkg', packages: [] }))
})

describe('apk', () => {
  it('lines of one letter', () =>
    expect(
      read(
        'lib/apk/db/installed',
        'C:Q1x=\nP:musl\nV:1.2.4-r2\nA:ppc64le\nF:lib\nR:ld\n\nP:a\nV:2\nA:noarch\no:origin\n\n',
      ),
    ).toEqual({
      type: 'apk',
      packages: [
        { name: 'musl', version: '1.2.4-r2', architecture: 'ppc64le' },
        { name: 'a', version: '2', architecture: 'noarch', source: 'origin' },
      ],
    }))
  it('broken in part', () =>
    expect(read('lib/apk/db/installed', 'P:a\n\nP:b\nV:1\n')).toMatchObject({
      packages: [{ name: 'b' }],
      problem: { code: 'database_broken' },
    }))
})

describe('rpm', () => {
  const strings = (values: Readonly<Record<number, string>>, epoch?: number) => {
    const entries = Object.entries(values).map(([tag, value]) => ({
      tag: Number(tag),
      value: Buffer.from(`${value}\0`),
    }))
    const index: Buffer[] = []
    let at = 0
    const add = (tag: number, type: number, bytes: Buffer) => {
      const row = Buffer.alloc(16)
      for (const [position, word] of [tag, type, at, 1].entries()) row.writeUInt32BE(word, position * 4)
      index.push(row)
      at += bytes.length
      return bytes
    }
    const data = entries.map(({ tag, value }) => add(tag, 6, value))
    const epochBytes = Buffer.alloc(4)
    epochBytes.writeUInt32BE(epoch ?? 0)
    if (epoch !== undefined) data.push(add(1003, 4, epochBytes))
    const head = Buffer.alloc(8)
    head.writeUInt32BE(index.length, 0)
    head.writeUInt32BE(at, 4)
    return Buffer.concat([head, ...index, ...data])
  }
  const header = strings({
    1000: 'bash',
    1001: '5.1.8',
    1002: '9.el9',
    1022: 'ppc64le',
    1044: 'bash-5.1.8-9.el9.src.rpm',
  })
  const sqlite = Buffer.from('SQLite format 3\0…')
  it('a header', () =>
    expect(readRpmHeader(header)).toEqual({
      name: 'bash',
      version: '5.1.8-9.el9',
      architecture: 'ppc64le',
      source: 'bash-5.1.8-9.el9.src.rpm',
    }))
  it('an epoch', () =>
    expect(readRpmHeader(strings({ 1000: 'a', 1001: '1', 1002: '2' }, 3))?.version).toBe('3:1-2'))
  it.each([0, 4, 8, 20, 100])('a header cut off at %i says nothing', (end) =>
    expect(readRpmHeader(header.subarray(0, end))).toBeUndefined(),
  )
  it('of SQLite, its broken headers told', () =>
    expect(read('var/lib/rpm/rpmdb.sqlite', sqlite, () => [header, Buffer.from('x')])).toMatchObject({
      packages: [{ name: 'bash' }],
      problem: { code: 'database_broken' },
    }))
  it('that SQLite cannot open', () =>
    expect(
      read('var/lib/rpm/rpmdb.sqlite', sqlite, () => {
        throw new Error('malformed')
      }),
    ).toMatchObject({
      packages: [],
      problem: { code: 'database_broken', message: 'SQLite says “malformed”.' },
    }))
  const berkeley = Buffer.alloc(512)
  berkeley.writeUInt32LE(0x00061561, 12)
  it.each([
    ['var/lib/rpm/Packages', berkeley, 'Berkeley DB'],
    ['usr/lib/sysimage/rpm/Packages.db', Buffer.from('RpmP0000'), 'ndb'],
  ])('%s is named, not read', (path, content, name) =>
    expect(read(path, content)).toMatchObject({
      packages: [],
      problem: { code: 'database_format', message: expect.stringContaining(name) },
    }),
  )
  it('of nobody knows what', () =>
    expect(read('var/lib/rpm/Packages', 'hello')).toMatchObject({ problem: { code: 'database_broken' } }))
})

describe('Python', () => {
  const folder = 'usr/lib/python3/dist-packages/numpy-1.26.dist-info'
  it('a wheel’s metadata, not its description', () =>
    expect(
      read(`${folder}/METADATA`, 'Metadata-Version: 2.1\nName: numpy\nVersion: 1.26.0\n\nName: other\n')
        .packages,
    ).toEqual([{ name: 'numpy', version: '1.26.0' }]))
  it('what a wheel was built for', () =>
    expect(
      read(
        `${folder}/WHEEL`,
        'Wheel-Version: 1.0\nTag: cp312-cp312-manylinux_2_17_ppc64le.manylinux2014_ppc64le\r\n',
      ),
    ).toEqual({
      type: 'python',
      packages: [],
      platformTags: ['manylinux_2_17_ppc64le', 'manylinux2014_ppc64le'],
    }))
  it('broken', () =>
    expect(read(`${folder}/METADATA`, 'x')).toMatchObject({ problem: { code: 'database_broken' } }))
})

describe('npm', () => {
  const path = 'app/node_modules/esbuild/package.json'
  it('name, version, and the one architecture it is for', () =>
    expect(read(path, '{"name":"@esbuild/linux-ppc64","version":"0.20.0","cpu":["ppc64"]}').packages).toEqual(
      [{ name: '@esbuild/linux-ppc64', version: '0.20.0', architecture: 'ppc64' }],
    ))
  it.each(['{"type":"module"}', 'null', '[]'])('%s is no package', (content) =>
    expect(read(path, content)).toEqual({ type: 'npm', packages: [] }),
  )
  it('broken', () => expect(read(path, '{')).toMatchObject({ problem: { code: 'database_broken' } }))
})

describe('limits', () => {
  it('a database too large is named', () =>
    expect(read('var/lib/dpkg/status', undefined)).toMatchObject({
      packages: [],
      problem: { code: 'database_too_large' },
    }))
})
