import { describe, expect, it } from 'vitest'
import { buildTar } from '../testing/build-tar.ts'
import { entryAt, readBytes, readMembers } from '../testing/read-bytes.ts'

const paths = (facts: { entries: readonly { path: string }[] }) => facts.entries.map(({ path }) => path)

describe('names', () => {
  it.each([
    ['./usr/bin/', 'usr/bin'],
    ['/etc', 'etc'],
    ['.//etc//ssl/./certs', 'etc/ssl/certs'],
    ['a/../b', 'b'],
  ])('%s is %s', async (name, path) => {
    const facts = await readMembers({ name, type: '5' })
    expect(paths(facts)).toEqual([path])
    expect(facts.notes).toEqual([])
  })
  it.each(['../../etc/passwd', 'a/../../etc/passwd', '/../etc/passwd'])(
    '%s stays within, and is noted',
    async (name) => {
      const facts = await readMembers({ name, content: 'x' })
      expect(paths(facts)).toEqual(['etc/passwd'])
      expect(facts.notes).toEqual([{ code: 'path_escapes', path: name }])
    },
  )
  it('are long by PAX, by GNU, by the ustar prefix', async () => {
    const long = `${'folder/'.repeat(30)}file`
    const prefix = [345, Buffer.from('up/there')] as const
    const facts = await readMembers(
      { name: 'short', pax: { path: `${long}1` } },
      { name: '././@LongLink', type: 'L', content: `${long}2\0` },
      { name: 'short' },
      { name: '././@LongLink', type: 'K', content: `${long}2\0` },
      { name: 'sym', type: '2', linkName: 'short' },
      { name: 'file', overlay: prefix },
    )
    expect(paths(facts)).toEqual([`${long}1`, `${long}2`, 'sym', 'up/there/file'])
    expect(entryAt(facts, 'sym').linkTarget).toBe(`${long}2`)
  })
  it('in other encodings stay different', async () => {
    const name = (byte: number) => [0, Buffer.from([byte, 0])] as const
    const facts = await readMembers(
      { name: '', overlay: name(0xe9) },
      { name: '', overlay: name(0xe8) },
      { name: 'é' },
    )
    expect(new Set(paths(facts)).size).toBe(2)
    expect(paths(facts)).toContain('é')
  })
})

describe('members of one path', () => {
  it('the last one wins', async () =>
    expect(
      (await readMembers({ name: 'a', content: '1' }, { name: './a', content: '22' })).entries,
    ).toMatchObject([{ path: 'a', sizeBytes: 2 }]))
  it('a directory again keeps what is in it', async () =>
    expect(
      paths(
        await readMembers({ name: 'd/', type: '5' }, { name: 'd/f' }, { name: 'd', type: '5', mode: 0o700 }),
      ),
    ).toEqual(['d/f', 'd']))
  it('a file in place of a directory takes away what was in it', async () =>
    expect(
      paths(
        await readMembers(
          { name: 'd', type: '5' },
          { name: 'd/f' },
          { name: 'dd' },
          { name: 'd', content: 'x' },
        ),
      ),
    ).toEqual(['dd', 'd']))
})

describe('links', () => {
  it('a hard link is its target under another name', async () => {
    const facts = await readMembers(
      { name: 'bin/a', content: '#!/bin/sh\n', mode: 0o755, uid: 7 },
      { name: 'bin/b', type: '1', linkName: './bin/a', mode: 0 },
      { name: 'bin/c', type: '1', linkName: 'bin/b' },
    )
    const { path, ...a } = entryAt(facts, 'bin/a')
    expect(a.program).toMatchObject({ kind: 'script' })
    expect(entryAt(facts, 'bin/b')).toEqual({ ...a, path: 'bin/b', hardLinkTo: path })
    expect(entryAt(facts, 'bin/c')).toEqual({ ...a, path: 'bin/c', hardLinkTo: path })
  })
  it('to a lower layer wait for it', async () =>
    expect(entryAt(await readMembers({ name: 'b', type: '1', linkName: 'a' }), 'b')).toMatchObject({
      hardLinkTo: 'a',
      linkBelow: 'a',
    }))
  it('have no content, whatever the header says', async () =>
    expect(
      paths(await readMembers({ name: 'a', type: '2', linkName: 'x', sizeBytes: 5_000_000 }, { name: 'b' })),
    ).toEqual(['a', 'b']))
  it('among parents are followed within the layer', async () =>
    expect(
      paths(
        await readMembers(
          { name: 'lib', type: '2', linkName: 'usr/lib' },
          { name: 'lib/a.so' },
          { name: 'usr/lib/deep', type: '2', linkName: '/opt/./x/../y' },
          { name: 'lib/deep/b' },
        ),
      ),
    ).toEqual(['lib', 'usr/lib/a.so', 'usr/lib/deep', 'opt/y/b']))
  it('that go in circles, and parents that are files, leave the entry out', async () => {
    const facts = await readMembers(
      { name: 'x', type: '2', linkName: 'y' },
      { name: 'y', type: '2', linkName: 'x' },
      { name: 'x/a' },
      { name: 'file' },
      { name: 'file/b' },
    )
    expect(paths(facts)).toEqual(['x', 'y', 'file'])
    expect(facts.notes.map(({ code }) => code)).toEqual(['parent_not_directory', 'parent_not_directory'])
  })
})

describe('whiteouts', () => {
  it('are no entries', async () => {
    const facts = await readMembers(
      { name: 'etc/.wh.passwd' },
      { name: '.wh.opt' },
      { name: 'var/.wh..wh..opq' },
      { name: '.wh..wh.aufs' },
      { name: '.wh..wh.plnk', type: '5' },
    )
    expect(facts).toMatchObject({ entries: [], whiteouts: ['etc/passwd', 'opt'], opaque: ['var'], notes: [] })
  })
  it.each(['a/.wh.', '.wh..', '.wh...'])('%s names nothing', async (name) => {
    const facts = await readMembers({ name })
    expect(facts).toMatchObject({
      entries: [],
      whiteouts: [],
      notes: [{ code: 'whiteout_invalid', path: name }],
    })
  })
})

describe('the rest of the traps', () => {
  it('extended attributes, owners and sizes of PAX', async () => {
    const facts = await readMembers({
      name: 'ping',
      content: 'x',
      pax: { 'SCHILY.xattr.security.capability': 'cap', uid: '4000000', gid: '12.0' },
    })
    expect(entryAt(facts, 'ping')).toMatchObject({
      uid: 4_000_000,
      gid: 12,
      xattrs: { 'security.capability': Buffer.from('cap').toString('base64') },
    })
  })
  it('a global header is passed over', async () =>
    expect(paths(await readMembers({ name: 'g', type: 'g', content: '11 path=x\n' }, { name: 'a' }))).toEqual(
      ['a'],
    ))
  it('devices, pipes, and what nobody knows', async () => {
    const facts = await readMembers(
      { name: 'c', type: '3' },
      { name: 'b', type: '4' },
      { name: 'p', type: '6' },
      { name: 'v', type: 'V', content: 'label' },
      { name: 'old/', type: '\0' },
    )
    expect(facts.entries.map(({ type }) => type)).toEqual([
      'character-device',
      'block-device',
      'fifo',
      'directory',
    ])
    expect(facts.notes).toEqual([{ code: 'entry_unknown', path: 'v' }])
  })
  it('one zero block is none, two are the end, and what follows is ignored', async () => {
    const [first, second] = [buildTar({ name: 'a' }).subarray(0, 512), buildTar({ name: 'b' })]
    const bytes = Buffer.concat([
      first,
      Buffer.alloc(512),
      second,
      Buffer.from('garbage'),
      buildTar({ name: 'c' }),
    ])
    expect(paths(await readBytes(bytes))).toEqual(['a', 'b'])
  })
  it('an archive without an end is accepted', async () =>
    expect(paths(await readBytes(buildTar({ name: 'a' }).subarray(0, 512)))).toEqual(['a']))
  it('a wrong checksum is not', async () => {
    const bytes = buildTar({ name: 'a' })
    bytes[0] = 0x62
    await expect(readBytes(bytes)).rejects.toMatchObject({ code: 'layer_invalid' })
  })
  it('an empty layer is one', async () => expect(paths(await readBytes(buildTar()))).toEqual([]))
})
