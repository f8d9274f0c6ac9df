import { describe, expect, it } from 'vitest'
import type { Digest } from './digest.ts'
import { classifyChildren } from './index-children.ts'
import type { Descriptor } from './manifest.ts'
import { MEDIA_TYPE } from './media-type.ts'

const DIGEST = `sha256:${'a'.repeat(64)}` as Digest
const SUBJECT = `sha256:${'b'.repeat(64)}`
const ATTESTATION = { 'vnd.docker.reference.type': 'attestation-manifest' }
const UNKNOWN = { os: 'unknown', architecture: 'unknown' }
const POWER = { os: 'linux', architecture: 'ppc64le' }

function descriptor(more: Partial<Descriptor> = {}): Descriptor {
  return { mediaType: MEDIA_TYPE.ociManifest, digest: DIGEST, sizeBytes: 7, annotations: {}, ...more }
}
function classify(...children: Descriptor[]) {
  return classifyChildren({ kind: 'index', mediaType: MEDIA_TYPE.ociIndex, annotations: {}, children })
}

describe('a child of an index is', () => {
  it.each<[string, Partial<Descriptor>, string]>([
    ['an image of a platform', { platform: POWER }, 'platform'],
    ['a Docker image', { mediaType: MEDIA_TYPE.dockerManifest, platform: POWER }, 'platform'],
    ['an image whose media type is missing', { mediaType: '', platform: POWER }, 'platform'],
    ['an image whose platform is missing', {}, 'unlabelled'],
    ['neither type nor platform', { mediaType: '' }, 'unlabelled'],
    ['a nested index', { mediaType: MEDIA_TYPE.ociIndex }, 'index'],
    [
      'a nested Docker list that claims a platform',
      { mediaType: MEDIA_TYPE.dockerList, platform: POWER },
      'index',
    ],
    [
      'a nested index of artifacts',
      { mediaType: MEDIA_TYPE.ociIndex, artifactType: 'application/x' },
      'index',
    ],
    ['an artifact', { artifactType: 'application/vnd.example' }, 'artifact'],
    ['an artifact that claims a platform', { artifactType: 'application/x', platform: POWER }, 'artifact'],
    ['a BuildKit attestation', { annotations: ATTESTATION, platform: UNKNOWN }, 'attestation'],
    ['an attestation that claims a platform', { annotations: ATTESTATION, platform: POWER }, 'attestation'],
    [
      'an attestation in artifact form, annotated',
      { annotations: ATTESTATION, platform: UNKNOWN, artifactType: MEDIA_TYPE.dockerAttestation },
      'attestation',
    ],
    [
      'something else BuildKit refers to',
      { annotations: { 'vnd.docker.reference.type': 'other' }, platform: POWER },
      'unclassified',
    ],
    ['of an unknown platform', { platform: UNKNOWN }, 'unclassified'],
    ['of an unknown architecture', { platform: { os: 'linux', architecture: 'unknown' } }, 'unclassified'],
    ['without an os', { platform: { os: '', architecture: 'ppc64le' } }, 'unclassified'],
    ['of a media type nobody knows', { mediaType: 'application/x-new', platform: POWER }, 'unclassified'],
  ])('%s', (_, more, kind) => expect(classify(descriptor(more))[0]?.kind).toBe(kind))
})

describe('an attestation', () => {
  it.each(['vnd.docker.reference.digest', 'com.docker.reference.digest'])('names its image by %s', (key) => {
    expect(classify(descriptor({ annotations: { ...ATTESTATION, [key]: SUBJECT } }))[0]).toMatchObject({
      subject: SUBJECT,
    })
  })

  it.each(['', 'nonsense', 'sha256:abc'])('with “%s” for an image still is one, of no image', (value) => {
    const [child] = classify(
      descriptor({ annotations: { ...ATTESTATION, 'vnd.docker.reference.digest': value } }),
    )
    expect(child).toMatchObject({ kind: 'attestation' })
    expect(child).not.toHaveProperty('subject')
  })
})

it('keeps the order of the index, duplicates included: clients take the first that matches', () => {
  const second = descriptor({ platform: POWER, digest: SUBJECT as Digest })
  const kinds = classify(
    descriptor({ platform: POWER }),
    second,
    descriptor({ annotations: ATTESTATION }),
    descriptor(),
  )
  expect(kinds.map((child) => child.kind)).toEqual(['platform', 'platform', 'attestation', 'unlabelled'])
  expect(kinds[1]?.descriptor).toBe(second)
  expect(classify()).toEqual([])
})
