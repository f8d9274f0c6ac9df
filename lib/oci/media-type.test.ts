import { describe, expect, it } from 'vitest'
import { bareMediaType, isImageConfig, MANIFEST_ACCEPT, MEDIA_TYPE, manifestKindOf } from './media-type.ts'

describe('media types', () => {
  it('asks for all four kinds of manifest, always', () => {
    expect(MANIFEST_ACCEPT.split(', ')).toEqual([
      'application/vnd.oci.image.index.v1+json',
      'application/vnd.oci.image.manifest.v1+json',
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'application/vnd.docker.distribution.manifest.v2+json',
    ])
  })

  it.each([
    [MEDIA_TYPE.ociIndex, 'index'],
    [MEDIA_TYPE.dockerList, 'index'],
    [MEDIA_TYPE.ociManifest, 'image'],
    [MEDIA_TYPE.dockerManifest, 'image'],
    [MEDIA_TYPE.dockerSchema1, 'schema1'],
    [MEDIA_TYPE.dockerSchema1Signed, 'schema1'],
    [`${MEDIA_TYPE.ociIndex}; charset=utf-8`, 'index'],
    [` ${MEDIA_TYPE.ociIndex.toUpperCase()} ;x=y`, 'index'],
    ['application/json', undefined],
    ['text/html', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    [undefined, undefined],
  ])('%s names %s', (mediaType, kind) => expect(manifestKindOf(mediaType)).toBe(kind))

  it.each([
    ['Application/JSON; charset=utf-8', 'application/json'],
    [' a/b ', 'a/b'],
    [';', ''],
    ['', ''],
  ])('“%s” without parameters is “%s”', (given, bare) => expect(bareMediaType(given)).toBe(bare))

  it.each([
    [MEDIA_TYPE.ociConfig, true],
    [`${MEDIA_TYPE.dockerConfig}; v=1`, true],
    [MEDIA_TYPE.ociEmpty, false],
    ['application/vnd.cncf.helm.config.v1+json', false],
    ['', false],
  ])('%s as the config of an image: %s', (mediaType, expected) =>
    expect(isImageConfig(mediaType)).toBe(expected),
  )
})
