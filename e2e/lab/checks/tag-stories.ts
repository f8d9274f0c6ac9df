import { buildIndex } from '#e2e/lab/index-manifest.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { fourImages } from './checked-image.ts'

/** A repository whose tags tell a story together. */
export interface TagStory {
  readonly says: string
  /** In the order of the pushes. */
  readonly tags: readonly {
    readonly tag: string
    readonly manifest: BuiltManifest
    /** What the checks must find in it: `CODE` or `CODE platform`, sorted. */
    readonly finds: readonly string[]
  }[]
}

/** Repositories whose tags are right alone and wrong beside one another. */
export function tagStories(): Readonly<Record<string, TagStory>> {
  return {
    'checks-lost': {
      says: 'linux/ppc64le is lost at 1.1.0 and back at 1.2.0',
      tags: [
        { tag: '1.0.0', manifest: release('1.0.0'), finds: [] },
        {
          tag: '1.1.0',
          manifest: release('1.1.0', ['amd64', 'arm64', 's390x']),
          finds: ['COV-002 linux/ppc64le'],
        },
        { tag: '1.2.0', manifest: release('1.2.0'), finds: [] },
        { tag: '1.2', manifest: release('1.2.0'), finds: [] },
      ],
    },
    'checks-floating': {
      says: 'latest was pushed from the machine of one build, beside a whole 2.0.0',
      tags: [
        { tag: '2.0.0', manifest: release('2.0.0'), finds: [] },
        {
          tag: 'latest',
          manifest: release('latest', ['amd64', 'arm64', 's390x']),
          finds: ['COV-003 linux/ppc64le'],
        },
        { tag: 'stable', manifest: release('2.0.0'), finds: [] },
      ],
    },
    'checks-unjoined': {
      says: '1.0.0 is one architecture’s image, and those of two were never joined',
      tags: [
        { tag: '1.0.0', manifest: single('amd64'), finds: ['COV-004'] },
        { tag: '1.0.0-amd64', manifest: single('amd64'), finds: [] },
        { tag: '1.0.0-ppc64le', manifest: single('ppc64le'), finds: [] },
      ],
    },
    'checks-overwritten': {
      says: 'a push of one architecture has replaced the index of 1.1.0',
      tags: [
        { tag: '1.0.0', manifest: release('1.0.0', ['amd64', 'ppc64le']), finds: [] },
        { tag: '1.1.0', manifest: single('amd64'), finds: ['COV-002 linux/ppc64le', 'COV-004'] },
      ],
    },
    'checks-one-platform': {
      says: 'never more than one architecture, and nobody asked for another',
      tags: [
        { tag: '1.0.0', manifest: single('amd64'), finds: [] },
        { tag: '1.1.0', manifest: single('amd64'), finds: [] },
        { tag: 'latest', manifest: single('amd64'), finds: [] },
      ],
    },
  }
}

function release(version: string, architectures: readonly string[] = ['amd64', 'arm64', 'ppc64le', 's390x']) {
  const config = { Labels: { 'org.opencontainers.image.version': version } }
  const images = fourImages(() => ({ config }))
  return buildIndex({
    children: images.filter(({ platform }) => architectures.includes(platform.architecture)),
  })
}

function single(architecture: string): BuiltManifest {
  const image = fourImages().find(({ platform }) => platform.architecture === architecture)
  if (!image) throw new Error(`No image for ${architecture}.`)
  return image
}
