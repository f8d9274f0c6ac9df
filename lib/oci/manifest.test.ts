import { describe, expect, it } from 'vitest'
import {
  compressedSizeBytes,
  decodeManifest,
  type ImageManifest,
  isArtifact,
  MANIFEST_LIMITS,
} from './manifest.ts'
import { MEDIA_TYPE } from './media-type.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const descriptor = (more: object = {}) => ({
  mediaType: MEDIA_TYPE.ociManifest,
  digest: DIGEST,
  size: 7,
  ...more,
})
const config = { mediaType: MEDIA_TYPE.ociConfig, digest: DIGEST, size: 7 }
const encode = (body: unknown) =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
const decode = (body: unknown, contentType?: string) => decodeManifest(encode(body), contentType, 'app:1')
const index = (more: object = {}) => ({ schemaVersion: 2, manifests: [descriptor()], ...more })
const image = (more: object = {}) => ({ schemaVersion: 2, config, layers: [], ...more })
const child = (more: object) => {
  const manifest = decode(index({ manifests: [descriptor(more)] }))
  return manifest.kind === 'index' ? manifest.children[0] : undefined
}

describe('the kind of a manifest', () => {
  it.each([
    ['Content-Type', index(), MEDIA_TYPE.dockerList, 'index', MEDIA_TYPE.dockerList],
    [
      'Content-Type with parameters',
      index(),
      `${MEDIA_TYPE.ociIndex}; charset=utf-8`,
      'index',
      MEDIA_TYPE.ociIndex,
    ],
    [
      'Content-Type in capitals',
      image(),
      MEDIA_TYPE.ociManifest.toUpperCase(),
      'image',
      MEDIA_TYPE.ociManifest,
    ],
    ['the body', index({ mediaType: MEDIA_TYPE.dockerList }), undefined, 'index', MEDIA_TYPE.dockerList],
    [
      'the body under a plain Content-Type',
      index({ mediaType: MEDIA_TYPE.ociIndex }),
      'application/json',
      'index',
      MEDIA_TYPE.ociIndex,
    ],
    ['the shape of an index', index(), undefined, 'index', MEDIA_TYPE.ociIndex],
    ['the shape of an image', image(), 'text/plain', 'image', MEDIA_TYPE.ociManifest],
    ['the shape, mediaType null', index({ mediaType: null }), undefined, 'index', MEDIA_TYPE.ociIndex],
    [
      'Content-Type where manifests is null',
      { manifests: null },
      MEDIA_TYPE.ociIndex,
      'index',
      MEDIA_TYPE.ociIndex,
    ],
    [
      'Content-Type of an empty index',
      { schemaVersion: 2 },
      MEDIA_TYPE.ociIndex,
      'index',
      MEDIA_TYPE.ociIndex,
    ],
  ])('is told by %s', (_, body, contentType, kind, mediaType) => {
    expect(decode(body, contentType)).toMatchObject({ kind, mediaType })
  })

  it.each([
    ['index against image', index({ mediaType: MEDIA_TYPE.ociIndex }), MEDIA_TYPE.ociManifest],
    ['image against index', image({ mediaType: MEDIA_TYPE.dockerManifest }), MEDIA_TYPE.dockerList],
    ['index against schema 1', index({ mediaType: MEDIA_TYPE.ociIndex }), MEDIA_TYPE.dockerSchema1],
    ['neither shape', { schemaVersion: 2 }, undefined],
    ['manifests null and no type', { manifests: null }, undefined],
    ['an image without a config', { layers: [] }, MEDIA_TYPE.ociManifest],
  ])('is refused when it cannot be: %s', (_, body, contentType) => {
    expect(() => decode(body, contentType)).toThrow(expect.objectContaining({ code: 'manifest_invalid' }))
  })

  it.each([
    ['by its version', { schemaVersion: 1, fsLayers: [] }, undefined],
    ['by Content-Type', { schemaVersion: 1 }, MEDIA_TYPE.dockerSchema1Signed],
    ['by Content-Type alone', {}, MEDIA_TYPE.dockerSchema1],
    ['whatever Content-Type says', { schemaVersion: 1 }, 'application/json'],
  ])('schema 1 is recognised %s and refused by name', (_, body, contentType) => {
    expect(() => decode(body, contentType)).toThrow(
      expect.objectContaining({ code: 'manifest_unsupported', message: expect.stringContaining('schema 1') }),
    )
  })
})

describe('what is merely unusual is understood', () => {
  it('null everywhere it may be', () => {
    const manifest = decode({
      schemaVersion: null,
      mediaType: null,
      annotations: null,
      artifactType: null,
      subject: null,
      manifests: [
        { digest: DIGEST, size: 0, mediaType: null, platform: null, annotations: null, artifactType: null },
      ],
    })
    expect(manifest).toEqual({
      kind: 'index',
      mediaType: MEDIA_TYPE.ociIndex,
      annotations: {},
      children: [{ mediaType: '', digest: DIGEST, sizeBytes: 0, annotations: {} }],
    })
    expect(decode({ config, layers: null })).toMatchObject({ kind: 'image', layers: [] })
  })

  it.each([
    ['missing', {}, undefined],
    ['empty', { platform: {} }, undefined],
    ['empty texts', { platform: { os: '', architecture: '' } }, undefined],
    ['only an architecture', { platform: { architecture: 'ppc64le' } }, { os: '', architecture: 'ppc64le' }],
    [
      'null parts',
      { platform: { os: 'linux', architecture: 'arm64', variant: null, 'os.version': null } },
      { os: 'linux', architecture: 'arm64' },
    ],
    [
      'a Windows build',
      { platform: { os: 'windows', architecture: 'amd64', 'os.version': '10.0', 'os.features': ['win32k'] } },
      { os: 'windows', architecture: 'amd64', osVersion: '10.0' },
    ],
    [
      'as stated, not normalised',
      { platform: { os: 'linux', architecture: 'aarch64', variant: 'v8' } },
      { os: 'linux', architecture: 'aarch64', variant: 'v8' },
    ],
  ])('a platform: %s', (_, more, expected) => expect(child(more)?.platform).toEqual(expected))

  it('annotations that are no text are left out, unknown fields and types let through', () => {
    const more = {
      annotations: { a: 'x', b: 1, c: null, d: {} },
      mediaType: 'application/x-new',
      urls: [],
      data: 'e30=',
    }
    expect(child(more)).toMatchObject({ annotations: { a: 'x' }, mediaType: 'application/x-new' })
  })

  it('a subject, an artifact type, sha512, a nested index and an empty index', () => {
    const subject = descriptor({ digest: `sha512:${'b'.repeat(128)}` })
    expect(decode(image({ subject, artifactType: 'application/x' }))).toMatchObject({
      subject: { digest: subject.digest },
      artifactType: 'application/x',
    })
    expect(child({ mediaType: MEDIA_TYPE.ociIndex })).toMatchObject({ mediaType: MEDIA_TYPE.ociIndex })
    expect(decode(index({ manifests: [] }))).toMatchObject({ children: [] })
  })
})

describe('what is broken is a named error', () => {
  it.each([
    ['nothing', ''],
    ['HTML', '<html><body>Bad Gateway</body></html>'],
    ['half of it', '{"manifests": ['],
    ['an array', []],
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"manifest"'],
    ['a wrong schemaVersion', index({ schemaVersion: 3 })],
    ['a schemaVersion that is text', index({ schemaVersion: '2' })],
    ['manifests an object', { mediaType: MEDIA_TYPE.ociIndex, manifests: {} }],
    ['a child that is null', index({ manifests: [null] })],
    ['a child that is text', index({ manifests: ['x'] })],
    ['a digest missing', index({ manifests: [{ size: 1 }] })],
    ['a digest that is none', index({ manifests: [descriptor({ digest: '../../etc/passwd' })] })],
    ['a digest in capitals', index({ manifests: [descriptor({ digest: DIGEST.toUpperCase() })] })],
    ['a size missing', index({ manifests: [{ digest: DIGEST }] })],
    ['a negative size', index({ manifests: [descriptor({ size: -1 })] })],
    ['a size with a fraction', index({ manifests: [descriptor({ size: 1.5 })] })],
    ['a size that is text', index({ manifests: [descriptor({ size: '7' })] })],
    ['a size beyond counting', index({ manifests: [descriptor({ size: 2 ** 53 })] })],
    ['a size beyond numbers', JSON.stringify(index()).replace('"size":7', '"size":1e999')],
    [
      'an architecture that is a number',
      index({ manifests: [descriptor({ platform: { architecture: 7 } })] }),
    ],
    ['a text without end', index({ manifests: [descriptor({ mediaType: 'x'.repeat(4_097) })] })],
    ['a layer that is broken', image({ layers: [descriptor({ size: -1 })] })],
    ['a config that is text', image({ config: 'x' })],
    ['a subject that is broken', image({ subject: { digest: 'x' } })],
  ])('%s', (_, body) => {
    expect(() => decode(body)).toThrow(
      expect.objectContaining({ code: 'manifest_invalid', message: expect.stringContaining('app:1') }),
    )
  })

  it('bytes that are no UTF-8', () => {
    const bytes = Uint8Array.from([...encode('{"a":"'), 0xff, 0xfe, ...encode('"}')])
    expect(() => decodeManifest(bytes, undefined, 'app:1')).toThrow(
      expect.objectContaining({ code: 'manifest_invalid' }),
    )
  })

  it('says which part is broken', () => {
    const body = index({ manifests: [descriptor(), descriptor({ size: -1 })] })
    expect(() => decode(body)).toThrow(/manifests\.1\.size/)
  })

  it('does not let a foreign object reach every other', () => {
    decode('{"manifests": [], "annotations": {"__proto__": {"polluted": "yes"}}}')
    expect('polluted' in {}).toBe(false)
  })
})

describe('limits', () => {
  it('4 MiB exactly is read, one byte more is not', () => {
    const text = JSON.stringify(index())
    const padded = (length: number) => encode(text + ' '.repeat(length - text.length))
    expect(decodeManifest(padded(MANIFEST_LIMITS.manifestBytes), undefined, 'x').kind).toBe('index')
    expect(() => decodeManifest(padded(MANIFEST_LIMITS.manifestBytes + 1), undefined, 'x')).toThrow(
      expect.objectContaining({ code: 'manifest_too_large' }),
    )
  })

  it('1,000 children are read, one more is not', () => {
    const of = (count: number) => index({ manifests: Array.from({ length: count }, () => descriptor()) })
    expect(decode(of(1_000))).toMatchObject({ kind: 'index' })
    expect(() => decode(of(1_001))).toThrow(
      expect.objectContaining({ code: 'index_too_large', message: expect.stringContaining('1001') }),
    )
  })
})

describe('what a manifest amounts to', () => {
  it.each([
    ['an image', image(), false],
    ['a Docker image', image({ config: { ...config, mediaType: MEDIA_TYPE.dockerConfig } }), false],
    ['an image whose config names no type', image({ config: { digest: DIGEST, size: 1 } }), false],
    ['an index', index(), false],
    ['an empty config', image({ config: { ...config, mediaType: MEDIA_TYPE.ociEmpty } }), true],
    [
      'a chart',
      image({ config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' } }),
      true,
    ],
    ['an artifact type', image({ artifactType: 'application/x' }), true],
    ['an index of artifacts', index({ artifactType: 'application/x' }), true],
  ])('%s is an artifact: %s', (_, body, expected) => expect(isArtifact(decode(body))).toBe(expected))

  it('the compressed size is the layers and the config', () => {
    const manifest = decode(image({ layers: [descriptor({ size: 10 }), descriptor({ size: 20 })] }))
    expect(compressedSizeBytes(manifest as ImageManifest)).toBe(37)
  })
})
