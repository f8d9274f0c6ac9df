import { describe, expect, it } from 'vitest'
import { followPath } from '../follow-path.ts'
import type { TarShape } from '../testing/build-tar.ts'
import { readMembers } from '../testing/read-bytes.ts'
import { mergeLayers } from './merge-layers.ts'
import { treeLookup } from './tree-lookup.ts'

async function merge(...layers: readonly (readonly TarShape[])[]) {
  return mergeLayers(await Promise.all(layers.map((layer) => readMembers(...layer))))
}
/** `path type@layer`, in path order. */
async function shown(...layers: readonly (readonly TarShape[])[]) {
  const { entries } = await merge(...layers)
  return [...entries.values()].map(({ path, type, layer }) => `${path} ${type}@${layer}`).sort()
}
const dir = (name: string, mode = 0o755): TarShape => ({ name, type: '5', mode })
const file = (name: string, content = ''): TarShape => ({ name, content })

describe('what a container sees', () => {
  it('the upper file', async () =>
    expect(await shown([file('a', '1')], [file('a', '2')])).toEqual(['a file@1']))
  it('a directory above a directory: its own attributes, all content', async () => {
    const { entries } = await merge([dir('d'), file('d/a')], [dir('d', 0o700), file('d/b')])
    expect(entries.get('d')).toMatchObject({ mode: 0o700, layer: 1 })
    expect([...entries.keys()].sort()).toEqual(['d', 'd/a', 'd/b'])
  })
  it('a directory that a file replaced, and what was in it', async () =>
    expect(await shown([dir('d'), file('d/a'), dir('d/e'), file('d/e/f')], [file('d')])).toEqual([
      'd file@1',
    ]))
  it('a file that a directory replaced', async () =>
    expect(await shown([file('d')], [dir('d'), file('d/a')])).toEqual(['d directory@1', 'd/a file@1']))
  it('a file that a directory replaced without being said', async () =>
    expect(await shown([dir('d'), file('d/old')], [file('d')], [file('d/a')])).toEqual([
      'd directory@2',
      'd/a file@2',
    ]))
  it('a file between two directories parts them', async () =>
    expect(await shown([dir('d'), file('d/old')], [file('d')], [dir('d'), file('d/new')])).toEqual([
      'd directory@2',
      'd/new file@2',
    ]))
  it('a link that a directory replaced', async () =>
    expect(await shown([dir('usr'), { name: 'lib', type: '2', linkName: 'usr' }], [file('lib/a')])).toEqual([
      'lib directory@1',
      'lib/a file@1',
      'usr directory@0',
    ]))
  it('directories that no layer describes', async () => {
    const { entries } = await merge([file('a/b/c')])
    expect(entries.get('a/b')).toEqual({
      path: 'a/b',
      type: 'directory',
      sizeBytes: 0,
      mode: 0o755,
      uid: 0,
      gid: 0,
      layer: 0,
    })
  })
  it('directories that only a lower layer describes', async () => {
    const { entries } = await merge([dir('a', 0o711), dir('a/b', 0o722)], [file('a/b/c')])
    expect([entries.get('a')?.mode, entries.get('a/b')?.mode]).toEqual([0o711, 0o722])
  })
})

describe('whiteouts', () => {
  const lower = [dir('d'), file('d/a'), dir('d/e'), file('d/e/f'), file('x')]
  it('take a file', async () =>
    expect(await shown(lower, [file('d/.wh.a')])).toEqual([
      'd directory@0',
      'd/e directory@0',
      'd/e/f file@0',
      'x file@0',
    ]))
  it('take a directory with all in it', async () =>
    expect(await shown(lower, [file('.wh.d')])).toEqual(['x file@0']))
  it('do not touch their own layer, whatever the order', async () => {
    const expected = ['d directory@1', 'd/new file@1', 'x file@0']
    expect(await shown(lower, [file('.wh.d'), dir('d'), file('d/new')])).toEqual(expected)
    expect(await shown(lower, [dir('d'), file('d/new'), file('.wh.d')])).toEqual(expected)
  })
  it('of a layer between hold for the layers below it alone', async () =>
    expect(await shown([file('a')], [file('.wh.a')], [file('a')])).toEqual(['a file@2']))
  it('of what is not there are nothing', async () =>
    expect(await shown([file('a')], [file('.wh.b'), file('c/.wh.d')])).toEqual(['a file@0']))
  it('opaque: hide the content, not the directory', async () => {
    const upper = [file('d/new'), file('d/.wh..wh..opq')]
    expect(await shown(lower, upper)).toEqual(['d directory@0', 'd/new file@1', 'x file@0'])
    expect(await shown(lower, upper.toReversed())).toEqual(['d directory@0', 'd/new file@1', 'x file@0'])
  })
  it('opaque at the root hide everything below', async () =>
    expect(await shown(lower, [file('.wh..wh..opq'), file('n')])).toEqual(['n file@1']))
  it('opaque within a directory that comes back', async () =>
    expect(await shown(lower, [file('d/.wh..wh..opq')], [file('d/e/g')])).toEqual([
      'd directory@0',
      'd/e directory@2',
      'd/e/g file@2',
      'x file@0',
    ]))
})

describe('hard links to lower layers', () => {
  it('have the facts of their target', async () => {
    const { entries } = await merge([file('a', 'one')], [{ name: 'b', type: '1', linkName: 'a' }])
    const { sha256 } = entries.get('a') ?? {}
    expect(entries.get('b')).toMatchObject({ path: 'b', sizeBytes: 3, sha256, hardLinkTo: 'a', layer: 1 })
    expect(entries.get('b')).not.toHaveProperty('linkBelow')
  })
  it('outlive it', async () => {
    const { entries } = await merge(
      [file('a', 'one')],
      [{ name: 'b', type: '1', linkName: 'a' }, file('.wh.a')],
      [file('a', 'other')],
    )
    expect(entries.get('b')).toMatchObject({ sizeBytes: 3 })
    expect(entries.get('a')).toMatchObject({ sizeBytes: 5 })
  })
  it('through several layers', async () => {
    const link = (name: string, linkName: string): TarShape => ({ name, type: '1', linkName })
    const { entries, brokenLinks } = await merge([file('a', 'one')], [link('b', 'a')], [link('c', 'b')])
    expect(entries.get('c')).toMatchObject({ sizeBytes: 3, layer: 2 })
    expect(brokenLinks).toEqual([])
  })
  it.each<[string, readonly TarShape[]]>([
    ['nothing', []],
    ['what was taken away before', [file('a'), file('.wh.a')]],
  ])('to %s are broken', async (_, [first, second]) => {
    const { brokenLinks } = await merge(first ? [first] : [], second ? [second] : [], [
      { name: 'b', type: '1', linkName: 'a' },
    ])
    expect(brokenLinks).toMatchObject([{ path: 'b', linkBelow: 'a' }])
  })
})

describe('a layer that could not be read', () => {
  it('hides nothing else', async () => {
    const top = await readMembers(file('b'))
    expect([...mergeLayers([undefined, top]).entries.keys()]).toEqual(['b'])
  })
})

describe('links in the merged tree', () => {
  const link = (name: string, linkName: string): TarShape => ({ name, type: '2', linkName })
  const layers = [
    [dir('usr'), dir('usr/bin'), link('bin', 'usr/bin'), file('usr/bin/dash')],
    [
      link('usr/bin/sh', 'dash'),
      link('loop', 'loop2'),
      link('loop2', 'loop'),
      link('up', '../../usr/../bin'),
    ],
    [link('in-loop', 'loop/x')],
  ]
  it.each<[string, object]>([
    ['/bin/sh', { kind: 'entry', path: '/bin/dash' }],
    ['/up/sh', { kind: 'entry', path: '/up/dash' }],
    ['/', { kind: 'entry', entry: { kind: 'directory' } }],
    ['/bin/bash', { kind: 'missing' }],
    ['/usr/bin/dash/x', { kind: 'missing' }],
    ['/loop', { kind: 'loop' }],
    ['/loop/x', { kind: 'missing' }],
    ['/in-loop', { kind: 'missing' }],
  ])('%s', async (path, expected) =>
    expect(await followPath(treeLookup(await merge(...layers)), path)).toMatchObject(expected),
  )
})
