import { describe, expect, test } from 'vitest'
import { diffImages } from './diff-images.ts'
import { content, elf, file, side } from './testing/sides.ts'

const amd64 = side('linux/amd64', { labels: { 'org.opencontainers.image.revision': 'a1' } }, [
  { digest: 'base' },
])
const ppc64le = side(
  'linux/ppc64le',
  { labels: { 'org.opencontainers.image.revision': 'b2' }, user: 'app' },
  [{ digest: 'base' }],
)

describe('diffImages', () => {
  test('ranks what should not differ: a foreign binary, the shared base, another revision, drift', () => {
    const { highlights } = diffImages(amd64, ppc64le, [
      content(file('usr/bin/helper', { program: elf(62) })),
      content(file('usr/bin/helper', { program: elf(62) }), file('opt/readme')),
    ])
    expect(highlights).toEqual([
      {
        kind: 'foreign-binary',
        side: 'to',
        count: 1,
        paths: ['usr/bin/helper'],
        found: 'x86-64, 64-bit, little-endian',
      },
      { kind: 'shared-base', digest: 'base', isCertain: true },
      { kind: 'other-revision', key: 'org.opencontainers.image.revision', from: 'a1', to: 'b2' },
      { kind: 'config-drift', count: 1, names: ['user'] },
      { kind: 'files-one-side', side: 'to', count: 1, paths: ['opt/readme'] },
    ])
  })

  test('does not call a shared layer of data a wrong base', () => {
    const data = content(file('etc/ssl/cert.pem'))
    const kinds = diffImages(amd64, ppc64le, [data, data]).highlights.map(({ kind }) => kind)
    expect(kinds).not.toContain('shared-base')
  })

  test.each([
    ['eBPF', 'usr/lib/probe.bpf', 247],
    ['debug files', 'usr/lib/debug/app', 62],
    ['a cross sysroot', 'usr/x86_64-linux-gnu/lib/libc.so', 62],
    ['prebuilt add-ons of node', 'app/node_modules/x/prebuilds/linux-x64/a.node', 62],
  ])('does not complain of %s', (_, path, machine) => {
    const both = content(file(path, { program: elf(machine) }))
    const { content: compared } = diffImages(ppc64le, ppc64le, [both, both])
    expect(compared?.binaries.to.foreign).toEqual([])
    expect(compared?.binaries.to.counts).toHaveLength(1)
    expect(compared?.binaries.to.exempt.map((each) => each.path)).toEqual([path])
  })

  test('calls nothing missing where a layer could not be read', () => {
    const helper = file('usr/bin/helper', { program: elf(62) })
    const { highlights, content: compared } = diffImages(amd64, ppc64le, [
      content(helper, file('opt/readme')),
      { ...content(helper), isComplete: false },
    ])
    expect(highlights.map(({ kind }) => kind)).not.toContain('files-one-side')
    expect(highlights.map(({ kind }) => kind)).toContain('foreign-binary')
    expect(compared?.isComplete).toBe(false)
  })

  test('names what differs of paths that both have, whatever it is', () => {
    const { highlights } = diffImages(side('linux/amd64'), side('linux/ppc64le'), [
      content(file('etc/app.conf'), file('etc/mode')),
      content(file('etc/app.conf', { sha256: 'c'.repeat(64) }), file('etc/mode', { mode: 0o600 })),
    ])
    expect(highlights).toEqual([{ kind: 'files-differ', count: 2, paths: ['etc/app.conf', 'etc/mode'] }])
  })

  test('a shared base that could not be read is suspected, one that could is not', () => {
    const [from, to] = [side('linux/amd64', {}, [{ digest: 'base' }, { digest: 'a' }]), ppc64le]
    const unread = { ...content(), isComplete: false }
    const kinds = (lacksBase: boolean) =>
      diffImages(from, to, [content(), { ...unread, lacksBase }]).highlights.filter(
        ({ kind }) => kind === 'shared-base',
      )
    expect(kinds(true)).toEqual([{ kind: 'shared-base', digest: 'base', isCertain: false }])
    expect(kinds(false)).toEqual([])
  })

  test('without the layers’ contents it says what the registry tells alone', () => {
    const diff = diffImages(amd64, ppc64le)
    expect(diff).not.toHaveProperty('content')
    expect(diff.layers).toEqual([{ relation: 'shared', from: 0, to: 0 }])
    expect(diff.highlights.map(({ kind }) => kind)).toEqual(['other-revision', 'config-drift'])
  })
})
