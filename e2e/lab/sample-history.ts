import { type SampleArchitecture, sampleArchitectures, sampleEpochSeconds } from './sample-release.ts'

/** The first release of the sample without linux/ppc64le. */
export const lostAt = '1.18.0'

/** The first release that has linux/ppc64le again, and the first that was joined from `TAG-ARCH` images. */
export const backAt = '1.25.0'

const daysBetweenReleases = 12

/** One day, for dates in the history. */
export const daySeconds = 86_400

/** How many patch releases each minor release from 1.0 to 1.27 had, counting its `.0`. */
const patchCounts = [
  ...[3, 2, 2, 2, 1, 3, 2, 2, 2, 1],
  ...[3, 2, 2, 2, 3, 2, 2, 2, 3, 2],
  ...[2, 2, 2, 2, 4, 2, 2, 1],
]

/** Every version of the sample, oldest first; the last is the one in the layout. */
export const sampleVersions: readonly string[] = patchCounts.flatMap((count, minor) =>
  Array.from({ length: count }, (_, patch) => `1.${minor}.${patch}`),
)

/** Whether a version comes at or after another. */
export function isSince(version: string, first: string): boolean {
  return sampleVersions.indexOf(version) >= sampleVersions.indexOf(first)
}

/** The architectures a version was released for. */
export function architecturesOf(version: string): readonly SampleArchitecture[] {
  const lost = isSince(version, lostAt) && !isSince(version, backAt)
  return sampleArchitectures.filter((architecture) => !(lost && architecture === 'ppc64le'))
}

/** When a version was released, in seconds since 1970: counted back from the newest, never from the clock. */
export function releasedAt(version: string): number {
  const releasesLater = sampleVersions.length - 1 - sampleVersions.indexOf(version)
  return sampleEpochSeconds - releasesLater * daysBetweenReleases * daySeconds
}
