import { expect, test } from 'vitest'
import type { AttestationDto, ReferrerDto } from '#lib/api/image.ts'
import { attachmentsOf, indexAttachments } from './attachments-model.ts'
import { digestOf, imageFixture, platformFixture } from './fixtures.ts'

const PLATFORM = digestOf('a')
const INDEX = digestOf('0')

const attestation = (digest: string, subject?: string): AttestationDto => ({
  digest,
  predicateTypes: [],
  form: 'buildkit',
  inIndex: true,
  presence: 'present',
  ...(subject === undefined ? {} : { subject }),
})
const referrer = (digest: string, subject: string): ReferrerDto => ({
  digest,
  subject,
  mediaType: '',
  sizeBytes: 1,
  annotations: {},
  via: 'api',
})

const image = imageFixture([platformFixture('linux/amd64', { digest: PLATFORM })], {
  attestations: [
    attestation('of-platform', PLATFORM),
    attestation('of-index', INDEX),
    attestation('of-another', digestOf('f')),
    attestation('of-nothing'),
  ],
  referrers: [referrer('r-platform', PLATFORM), referrer('r-index', INDEX)],
})

const digests = (list: readonly { digest: string }[]) => list.map((entry) => entry.digest)

test('attestations and referrers stand under the image they describe', () => {
  const { attestations, referrers } = attachmentsOf(image, PLATFORM)
  expect(digests(attestations)).toEqual(['of-platform'])
  expect(digests(referrers)).toEqual(['r-platform'])
})

test('the index has its own; what describes nothing here is set apart, and nothing is lost', () => {
  const { attestations, referrers, stray } = indexAttachments(image)
  expect(digests(attestations)).toEqual(['of-index'])
  expect(digests(referrers)).toEqual(['r-index'])
  expect(digests(stray)).toEqual(['of-another', 'of-nothing'])
})

test('a single image is its own platform, so its attestations show once', () => {
  const single = imageFixture([platformFixture('linux/amd64', { digest: INDEX })], {
    kind: 'image',
    attestations: [attestation('of-image', INDEX)],
    referrers: [referrer('r-image', INDEX)],
  })
  expect(indexAttachments(single)).toEqual({ attestations: [], referrers: [], stray: [] })
  expect(digests(attachmentsOf(single, INDEX).attestations)).toEqual(['of-image'])
})
