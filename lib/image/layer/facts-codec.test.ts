import { describe, expect, it } from 'vitest'
import { buildElf } from '../testing/build-elf.ts'
import { readMembers } from '../testing/read-bytes.ts'
import { decodeFacts, encodeFacts } from './facts-codec.ts'

describe('facts on their way through a cache', () => {
  it('come back as they were', async () => {
    const facts = await readMembers(
      { name: './', type: '5' },
      {
        name: 'usr/app',
        content: buildElf({ interpreter: '/lib/ld.so' }),
        mode: 0o4755,
        uid: 5,
        gid: 70_000,
      },
      { name: 'usr/empty' },
      { name: 'usr/hard', type: '1', linkName: 'usr/app' },
      { name: 'usr/below', type: '1', linkName: 'elsewhere' },
      { name: 'usr/sym', type: '2', linkName: 'app' },
      { name: 'null', type: '3' },
      { name: 'pipe', type: '6' },
      { name: 'etc/.wh.gone' },
      { name: 'etc/.wh..wh..opq' },
      { name: '../out', content: 'x', pax: { 'SCHILY.xattr.user.x': 'y' } },
      { name: 'huge', pax: { 'GNU.sparse.size': String(2 ** 32), 'GNU.sparse.map': '0,0' } },
      { name: 'var/lib/dpkg/status', content: 'Package: a\nVersion: 1\n\nPackage: b\n' },
    )
    expect(facts.databases).toHaveLength(1)
    expect(facts.notes).toHaveLength(2)
    expect(decodeFacts(encodeFacts(facts))).toEqual(facts)
  })
  it('of ten thousand entries are small', async () => {
    const facts = await readMembers(
      ...Array.from({ length: 10_000 }, (_, at) => ({
        name: `usr/share/doc/package-${at}/copyright`,
        content: `${at}`,
      })),
    )
    expect(encodeFacts(facts).byteLength).toBeLessThan(10_000 * 60)
  })
  it('come back in order where they take several blocks', async () => {
    const facts = await readMembers(
      ...Array.from({ length: 40_000 }, (_, at) => ({
        name: `n${at}`,
        ...(at % 3 === 0
          ? { type: '2', linkName: `${at}` }
          : at % 3 === 1
            ? { content: `${at}` }
            : { type: '5' }),
      })),
    )
    expect(decodeFacts(encodeFacts(facts))).toEqual(facts)
  })
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['garbage', Buffer.from('hello')],
  ])('%s is none', (_, bytes) => expect(decodeFacts(bytes)).toBeUndefined())
  it('cut off are none', async () => {
    const bytes = encodeFacts(await readMembers({ name: 'a' }))
    expect(decodeFacts(bytes.subarray(0, -5))).toBeUndefined()
    // After the first block.
    expect(decodeFacts(bytes.subarray(0, 4 + Buffer.from(bytes).readUInt32LE(0)))).toBeUndefined()
  })
})
