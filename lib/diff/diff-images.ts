import { canonicalPlatform } from '#lib/oci/platform.ts'
import { alignLayers } from './align-layers.ts'
import { compareConfig, countSameConfig } from './compare-config.ts'
import { compareFiles } from './compare-files.ts'
import { comparePackages } from './compare-packages.ts'
import type { DiffSide } from './diff-side.ts'
import { summariseBinaries } from './foreign-binaries.ts'
import { findHighlights } from './highlights.ts'
import type { ImageDiff, SideContent } from './image-diff.ts'

/** Compares two images. Pure. */
export function diffImages(
  from: DiffSide,
  to: DiffSide,
  contents?: readonly [SideContent, SideContent],
): ImageDiff {
  const [a, b] = [from, to].map(({ platform }) => canonicalPlatform(platform).architecture)
  const base = {
    isAcrossArchitectures: a !== b,
    config: { changes: compareConfig(from, to), sameCount: countSameConfig(from, to) },
    layers: alignLayers(from, to),
    ...(contents ? { content: compareContents(from, to, contents) } : {}),
  }
  return { ...base, highlights: findHighlights(base, [from, to], contents) }
}

function compareContents(
  { platform: from }: DiffSide,
  { platform: to }: DiffSide,
  [left, right]: readonly [SideContent, SideContent],
): NonNullable<ImageDiff['content']> {
  return {
    files: compareFiles({ platform: from, entries: left.entries }, { platform: to, entries: right.entries }),
    packages: comparePackages(
      { platform: from, packages: left.packages },
      { platform: to, packages: right.packages },
    ),
    binaries: {
      from: summariseBinaries(left.entries, from),
      to: summariseBinaries(right.entries, to),
    },
    isComplete: left.isComplete && right.isComplete,
  }
}
