import { buildImage } from '#e2e/lab/image.ts'
import type { IndexChild } from '#e2e/lab/index-manifest.ts'
import { buildRunImage } from '#e2e/lab/run-images/run-image.ts'

type Architecture = 'amd64' | 'ppc64le'

/** An image meant for ppc64le, by what its index, its config and its binary say, and all that has to be told of it. */
export interface TruthCase {
  readonly index: Architecture
  readonly config: Architecture
  readonly binary: Architecture
  /** Of the platform that the index lists: verdict and reason of the ending, then code and text of each finding. */
  readonly told: readonly string[]
}

const PASSED = 'passed as-expected'
/** It ran, on the engine’s own processor or its emulator, and something else is wrong: running proves no platform. */
const FAILED = 'failed as-expected'
const AMD64 = 'ELF x86-64, 64-bit, little-endian'
const POWER = 'ELF PowerPC, 64-bit, little-endian'
const differs = (index: Architecture, config: Architecture) =>
  `META-001 The index says linux/${index}, the image’s own config says linux/${config}.`
const AMD64_INSIDE = `ELF-001 /behave is ${AMD64}; expected ${POWER}.`
const POWER_INSIDE = `ELF-001 /behave is ${POWER}, ELFv2; expected ${AMD64}.`

/** Right is ppc64le, wrong is amd64. The last is a plain amd64 image: nothing in it is false, it only lacks ppc64le. */
export const truthTable: readonly TruthCase[] = [
  { index: 'ppc64le', config: 'ppc64le', binary: 'ppc64le', told: [PASSED] },
  { index: 'ppc64le', config: 'ppc64le', binary: 'amd64', told: [FAILED, AMD64_INSIDE] },
  { index: 'ppc64le', config: 'amd64', binary: 'ppc64le', told: [FAILED, differs('ppc64le', 'amd64')] },
  {
    index: 'ppc64le',
    config: 'amd64',
    binary: 'amd64',
    told: [FAILED, differs('ppc64le', 'amd64'), AMD64_INSIDE],
  },
  {
    index: 'amd64',
    config: 'ppc64le',
    binary: 'ppc64le',
    told: [FAILED, differs('amd64', 'ppc64le'), POWER_INSIDE],
  },
  { index: 'amd64', config: 'ppc64le', binary: 'amd64', told: [FAILED, differs('amd64', 'ppc64le')] },
  { index: 'amd64', config: 'amd64', binary: 'ppc64le', told: [FAILED, POWER_INSIDE] },
  { index: 'amd64', config: 'amd64', binary: 'amd64', told: [PASSED] },
]

/** The image of a case, and what its index says of it. */
export function buildTruthCase({ index, config, binary }: TruthCase): IndexChild {
  const { layers } = buildRunImage('both', binary)
  return {
    manifest: buildImage({ architecture: config, layers, config: { Entrypoint: ['/behave', 'both'] } }),
    platform: { os: 'linux', architecture: index },
  }
}
