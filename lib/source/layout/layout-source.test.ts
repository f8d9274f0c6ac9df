import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { LayoutSource } from './layout-source.ts'

const REF_NAME = 'org.opencontainers.image.ref.name'
let base: string
let root: string

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'archway-layout-'))
  root = path.join(base, 'samples')
  mkdirSync(root)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const open = (layoutPath: string, roots = ['samples']) =>
  new LayoutSource({ kind: 'layout', path: layoutPath }, { roots, baseDir: base })

const errorOf = async (work: () => unknown): Promise<AppError> => {
  try {
    await work()
  } catch (error) {
    return error as AppError
  }
  throw new Error('nothing was thrown')
}

interface Entry {
  digest: Digest
  size: number
  mediaType?: string
  annotations?: Record<string, string>
}

/** A layout folder that is written piece by piece. */
class Layout {
  readonly dir: string
  readonly entries: unknown[] = []
  constructor(dir: string) {
    this.dir = dir
    mkdirSync(path.join(dir, 'blobs/sha256'), { recursive: true })
    mkdirSync(path.join(dir, 'blobs/sha512'), { recursive: true })
    this.write('oci-layout', { imageLayoutVersion: '1.0.0' })
    this.write('index.json', { schemaVersion: 2, manifests: [] })
  }
  write(name: string, body: unknown): void {
    writeFileSync(path.join(this.dir, name), typeof body === 'string' ? body : JSON.stringify(body))
  }
  blob(body: unknown, algorithm: 'sha256' | 'sha512' = 'sha256'): { digest: Digest; size: number } {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const digest = digestOf(bytes, algorithm)
    writeFileSync(this.pathOf(digest), bytes)
    return { digest, size: bytes.byteLength }
  }
  pathOf(digest: string): string {
    return path.join(this.dir, 'blobs', digest.replace(':', '/'))
  }
  list(entry: Entry): void {
    this.entries.push({ mediaType: MEDIA_TYPE.ociManifest, ...entry })
    this.write('index.json', { schemaVersion: 2, manifests: this.entries })
  }
  image(tag?: string, extra: object = {}): Digest {
    const config = this.blob({ os: 'linux', architecture: 'ppc64le', nonce: this.entries.length })
    const manifest = this.blob({
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.ociManifest,
      config: { mediaType: MEDIA_TYPE.ociConfig, ...config },
      layers: [],
      ...extra,
    })
    this.list({ ...manifest, ...(tag === undefined ? {} : { annotations: { [REF_NAME]: tag } }) })
    return manifest.digest
  }
}

const tagsOf = async (source: LayoutSource) => {
  const names: string[] = []
  for await (const page of source.listTags()) names.push(...page)
  return names
}

describe('reading', () => {
  it('answers by tag and by digest, and lists tags in order', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const one = layout.image('1.0')
    const two = layout.image('latest')
    const source = open('samples/app')
    expect(await tagsOf(source)).toEqual(['1.0', 'latest'])
    expect(await source.headManifest('latest')).toEqual({ digest: two, contentType: MEDIA_TYPE.ociManifest })
    const fetched = await source.getManifest('1.0')
    expect(fetched).toMatchObject({ digest: one, contentType: MEDIA_TYPE.ociManifest })
    expect((await source.getManifest(one)).bytes).toEqual(fetched.bytes)
    const body = JSON.parse(Buffer.from(fetched.bytes).toString())
    const descriptor = { ...body.config, sizeBytes: body.config.size, annotations: {} }
    const config = await source.getBlob(descriptor, 1_000)
    expect(JSON.parse(Buffer.from(config).toString())).toMatchObject({ architecture: 'ppc64le' })
    expect(await source.credentialKey()).toBe('layout')
    expect([source.quota(), source.warnings()]).toEqual([undefined, []])
  })

  it.each([
    ['1.2', ['1.2']],
    ['docker.io/library/app:1.2', ['1.2']],
    ['localhost:5000/app:1.2', ['1.2']],
    ['quay.io/org/app', ['latest']],
    [`quay.io/org/app@sha256:${'a'.repeat(64)}`, []],
    ['not a reference!', []],
  ])('takes the tag part of the name “%s”', async (name, expected) => {
    const layout = new Layout(path.join(root, 'app'))
    layout.image(name)
    layout.image('other')
    expect(await tagsOf(open('samples/app'))).toEqual([...expected, 'other'])
  })

  it('calls a single untagged image latest, and several by digest', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const digest = layout.image()
    expect(await tagsOf(open('samples/app'))).toEqual(['latest'])
    expect((await open('samples/app').getManifest('latest')).digest).toBe(digest)
    layout.image()
    expect(await tagsOf(open('samples/app'))).toEqual([])
    const error = await errorOf(() => open('samples/app').getManifest('latest'))
    expect(error.code).toBe('manifest_unknown')
    expect(error.hint).toContain(digest)
  })

  it('finds the layout folder beside the sources of a sample', async () => {
    const layout = new Layout(path.join(root, 'multiarch-app', 'layout'))
    const digest = layout.image('latest')
    expect((await open('samples/multiarch-app').getManifest('latest')).digest).toBe(digest)
    expect((await open('samples/multiarch-app/layout').getManifest('latest')).digest).toBe(digest)
  })

  it('reads absolute paths and links that stay in a root, and roots that are links', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const digest = layout.image('latest')
    symlinkSync(path.join(root, 'app'), path.join(root, 'alias'))
    symlinkSync(root, path.join(base, 'root-link'))
    for (const [name, roots] of [
      [path.join(root, 'app'), ['samples']],
      ['samples/alias', ['samples']],
      ['samples/../samples/app', ['samples']],
      ['root-link/app', ['root-link']],
      ['samples/app', ['root-link']],
      ['samples/app', [path.join(root, 'app')]],
    ] as const) {
      expect((await open(name, [...roots]).getManifest('latest')).digest).toBe(digest)
    }
  })

  it('knows sha512', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const manifest = layout.blob({ schemaVersion: 2, manifests: [] }, 'sha512')
    layout.list({ ...manifest, mediaType: MEDIA_TYPE.ociIndex, annotations: { [REF_NAME]: 'v1' } })
    expect((await open('samples/app').getManifest('v1')).digest).toBe(manifest.digest)
  })
})

describe('what is not there', () => {
  it('names the tags there are, few of them', async () => {
    const layout = new Layout(path.join(root, 'app'))
    for (let i = 0; i < 12; i++) layout.image(`1.${i}`)
    const error = await errorOf(() => open('samples/app').getManifest('2.0'))
    expect(error).toMatchObject({ code: 'manifest_unknown' })
    expect(error.hint).toBe('It has 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7 and 4 more.')
  })

  it('tells missing manifests and blobs apart', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const digest = layout.image('latest')
    rmSync(layout.pathOf(digest))
    const source = open('samples/app')
    expect((await errorOf(() => source.getManifest('latest'))).code).toBe('manifest_unknown')
    expect((await errorOf(() => source.headManifest(digest))).code).toBe('manifest_unknown')
    const descriptor = { mediaType: '', digest, sizeBytes: 1, annotations: {} }
    expect((await errorOf(() => source.getBlob(descriptor, 10))).code).toBe('blob_unknown')
  })

  it.each([
    ['an empty layout', () => new Layout(path.join(root, 'app')), 'manifest_unknown'],
    ['an empty folder', () => mkdirSync(path.join(root, 'app')), 'repository_unknown'],
    ['nothing', () => undefined, 'repository_unknown'],
    ['a file', () => writeFileSync(path.join(root, 'app'), ''), 'repository_unknown'],
  ])('says what to expect of %s', async (_, make, code) => {
    make()
    const error = await errorOf(() => open('samples/app').getManifest('latest'))
    expect(error.code).toBe(code)
    expect(error.hint).toBeDefined()
  })
})

describe('what is broken', () => {
  const spoiled: [string, (layout: Layout) => void, string][] = [
    ['no oci-layout', (l) => rmSync(path.join(l.dir, 'oci-layout')), 'repository_unknown'],
    ['oci-layout not JSON', (l) => l.write('oci-layout', 'nonsense'), 'layout_invalid'],
    ['oci-layout an array', (l) => l.write('oci-layout', []), 'layout_invalid'],
    ['oci-layout null', (l) => l.write('oci-layout', 'null'), 'layout_invalid'],
    ['oci-layout without version', (l) => l.write('oci-layout', {}), 'layout_invalid'],
    ['another version', (l) => l.write('oci-layout', { imageLayoutVersion: '2.0.0' }), 'layout_invalid'],
    ['a huge oci-layout', (l) => l.write('oci-layout', ' '.repeat(1 << 20)), 'layout_invalid'],
    ['no index.json', (l) => rmSync(path.join(l.dir, 'index.json')), 'layout_invalid'],
    ['index.json not JSON', (l) => l.write('index.json', '{"manifests": ['), 'layout_invalid'],
    ['index.json an array', (l) => l.write('index.json', []), 'layout_invalid'],
    ['index.json an image', (l) => l.write('index.json', { schemaVersion: 1 }), 'layout_invalid'],
    [
      'index.json of another kind',
      (l) => l.write('index.json', { mediaType: MEDIA_TYPE.ociManifest }),
      'layout_invalid',
    ],
    [
      'a digest that is none',
      (l) => l.write('index.json', { manifests: [{ digest: '../../etc/passwd', size: 1 }] }),
      'layout_invalid',
    ],
    ['a huge index.json', (l) => l.write('index.json', ' '.repeat((4 << 20) + 1)), 'layout_invalid'],
    [
      'too many entries',
      (l) =>
        l.write('index.json', {
          manifests: Array(1_001).fill({ digest: `sha256:${'a'.repeat(64)}`, size: 1 }),
        }),
      'index_too_large',
    ],
    [
      'index.json a folder',
      (l) => {
        rmSync(path.join(l.dir, 'index.json'))
        mkdirSync(path.join(l.dir, 'index.json'))
      },
      'layout_invalid',
    ],
    [
      'index.json a pipe that nobody writes',
      (l) => {
        rmSync(path.join(l.dir, 'index.json'))
        execFileSync('mkfifo', [path.join(l.dir, 'index.json')])
      },
      'layout_invalid',
    ],
  ]
  it.each(spoiled)('%s', async (_, spoil, code) => {
    const layout = new Layout(path.join(root, 'app'))
    layout.image('latest')
    spoil(layout)
    const error = await errorOf(() => open('samples/app').getManifest('latest'))
    expect(error.code).toBe(code)
    expect(error.message).toContain('oci:samples/app')
    expect(error.message).not.toContain(base)
  })

  it('refuses bytes that lie about their digest', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const digest = layout.image('latest')
    writeFileSync(layout.pathOf(digest), '{"schemaVersion":2}')
    const source = open('samples/app')
    const descriptor = { mediaType: '', digest, sizeBytes: 19, annotations: {} }
    expect((await errorOf(() => source.getManifest('latest'))).code).toBe('digest_mismatch')
    expect((await errorOf(() => source.getBlob(descriptor, 1_000))).code).toBe('digest_mismatch')
  })

  it('refuses what is too large, and a size that is not true', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const large = layout.blob(' '.repeat((4 << 20) + 1))
    layout.list({ ...large, annotations: { [REF_NAME]: 'large' } })
    const small = layout.blob('{}')
    const source = open('samples/app')
    expect((await errorOf(() => source.getManifest('large'))).code).toBe('manifest_too_large')
    const blob = { mediaType: '', digest: small.digest, sizeBytes: 2, annotations: {} }
    expect((await errorOf(() => source.getBlob(blob, 1))).code).toBe('config_too_large')
    expect((await errorOf(() => source.getBlob({ ...blob, sizeBytes: 3 }, 9))).code).toBe('digest_mismatch')
    expect(await source.getBlob(blob, 2)).toHaveLength(2)
  })

  it('stops when the caller has left', async () => {
    new Layout(path.join(root, 'app')).image('latest')
    const signal = AbortSignal.abort()
    expect((await errorOf(() => open('samples/app').getManifest('latest', { signal }))).code).toBe(
      'cancelled',
    )
  })
})

describe('paths outside the roots', () => {
  beforeEach(() => {
    new Layout(path.join(base, 'outside')).image('latest')
    mkdirSync(path.join(base, 'samples-beside'))
  })

  it.each([
    'outside',
    'samples/../outside',
    'samples/../nowhere',
    '../../../etc',
    '/etc',
    '/nowhere/at/all',
    '..',
    'samples-beside',
    '~',
  ])('are refused with one answer, there or not: %s', async (layoutPath) => {
    const error = await errorOf(() => open(layoutPath))
    expect(error.code).toBe('layout_refused')
    expect(error.message).toBe(`“oci:${layoutPath}” is not in a folder that layouts may be read from.`)
    expect(error.hint).toContain('ARCHWAY_LAYOUT_ROOTS')
  })

  it('are refused when there are no roots at all', () => {
    expect(() => open('samples/app', [])).toThrow(expect.objectContaining({ code: 'layout_refused' }))
  })

  it.each([
    ['link', 'outside'],
    ['link/blobs', 'outside'],
    ['link/nowhere', 'outside'],
    ['link/nowhere/below', 'outside'],
    ['link', 'nowhere'],
    ['link/below', 'nowhere'],
    ['link', 'samples/link'],
  ])('are refused behind a link, there or not: samples/%s → %s', async (name, target) => {
    symlinkSync(path.join(base, target), path.join(root, 'link'))
    const error = await errorOf(() => open(`samples/${name}`).getManifest('latest'))
    expect(error.code).toBe('layout_refused')
    expect(error.message).not.toContain('outside')
  })

  it.each(['oci-layout', 'index.json', 'blobs'])(
    'are refused when %s of a layout is a link out',
    async (name) => {
      const layout = new Layout(path.join(root, 'app'))
      layout.image('latest')
      rmSync(path.join(layout.dir, name), { recursive: true })
      symlinkSync(path.join(base, 'outside', name), path.join(layout.dir, name))
      const error = await errorOf(() => open('samples/app').getManifest('latest'))
      expect(error.code).toBe('layout_refused')
    },
  )
})

describe('referrers', () => {
  it('are entries whose subject it is and what the fallback tag lists, each once', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const image = layout.image('latest')
    expect(await open('samples/app').listReferrers(image)).toEqual({ via: 'none', descriptors: [] })
    const subject = { mediaType: MEDIA_TYPE.ociManifest, digest: image, size: 1 }
    const extra = { subject, artifactType: 'application/vnd.example', annotations: { note: 'one' } }
    const bySubject = layout.image(undefined, extra)
    layout.image(undefined, { subject: { ...subject, digest: `sha256:${'b'.repeat(64)}` } })
    const source = open('samples/app')
    expect(await source.listReferrers(image)).toMatchObject({
      via: 'api',
      descriptors: [
        { digest: bySubject, artifactType: 'application/vnd.example', annotations: { note: 'one' } },
      ],
    })
    const other = layout.blob({ signature: true })
    const fallback = layout.blob({
      schemaVersion: 2,
      manifests: [
        { mediaType: MEDIA_TYPE.ociManifest, ...other, artifactType: 'application/vnd.other' },
        { mediaType: MEDIA_TYPE.ociManifest, digest: bySubject, size: 1 },
      ],
    })
    const mediaType = MEDIA_TYPE.ociIndex
    layout.list({ ...fallback, mediaType, annotations: { [REF_NAME]: image.replace(':', '-') } })
    const list = await source.listReferrers(image)
    expect(list.via).toBe('api')
    expect(new Set(list.descriptors.map((d) => d.digest))).toEqual(new Set([bySubject, other.digest]))
  })

  it('pass over entries that cannot be read', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const image = layout.image('latest')
    layout.list({ digest: `sha256:${'c'.repeat(64)}` as Digest, size: 1 })
    layout.list(layout.blob('not a manifest'))
    expect(await open('samples/app').listReferrers(image)).toEqual({ via: 'none', descriptors: [] })
  })
})

describe('layers', () => {
  it('come in parts', async () => {
    const layout = new Layout(path.join(root, 'app'))
    const { digest, size } = layout.blob('x'.repeat(3_000_000))
    const parts: Uint8Array[] = []
    for await (const part of open('samples/app').openBlob({
      mediaType: '',
      digest,
      sizeBytes: size,
      annotations: {},
    }))
      parts.push(Buffer.from(part))
    expect(parts.length).toBeGreaterThan(1)
    expect(digestOf(Buffer.concat(parts))).toBe(digest)
  })
  it('that are not there are told', async () => {
    new Layout(path.join(root, 'app'))
    const missing = digestOf(Buffer.from('missing'))
    const read = async () => {
      for await (const _ of open('samples/app').openBlob({
        mediaType: '',
        digest: missing,
        sizeBytes: 7,
        annotations: {},
      }));
    }
    expect(await errorOf(read)).toMatchObject({ code: 'blob_unknown' })
  })
})
