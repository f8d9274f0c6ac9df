import { canonicalPlatform } from '#lib/oci/platform.ts'
import { alignLayers } from './align-layers.ts'
import { withoutArchitecture } from './architecture-names.ts'
import { diffBinaries } from './diff-binaries.ts'
import { diffConfig } from './diff-config.ts'
import { diffFiles, pairFiles } from './diff-files.ts'
import { diffPackages } from './diff-packages.ts'
import { FoldCounter } from './fold-counter.ts'
import { highlightsOf } from './highlights.ts'
import { type DiffSide, FOLD_CODES, type FoldCode, type ImageDiff } from './model.ts'

/**
 * Everything that differs between two images. Across architectures, what must differ is folded away and counted, but
 * for the folds in `shown`; between images of one architecture only times are.
 */
export function diffImages(
  from: DiffSide,
  to: DiffSide,
  shown: ReadonlySet<FoldCode> = new Set(),
): ImageDiff {
  const isAcross = architectureOf(from) !== architectureOf(to)
  const standard: readonly FoldCode[] = isAcross ? FOLD_CODES : ['build-times']
  const folds = new FoldCounter(new Set(standard.filter((code) => !shown.has(code))))
  const platforms = { from: from.platform, to: to.platform }
  const pairs = pairFiles(from, to, folds)
  const { files, same: sameFiles } = diffFiles(pairs, platforms, folds)
  const { packages, same: samePackages } = diffPackages(from, to, folds)
  const binaries = diffBinaries(pairs, platforms)
  const config = diffConfig(from, to, folds)
  const nameOf = { from: withoutArchitecture(from.platform), to: withoutArchitecture(to.platform) }
  const layers = alignLayers(from.layers, to.layers, nameOf)
  const highlights = highlightsOf({ from, to, isAcross, files, packages, binaries, config })
  return {
    summary: {
      isSame: files.length + packages.length + binaries.length + config.length === 0,
      samePackages,
      sameFiles,
      highlights,
    },
    config,
    layers,
    files,
    packages,
    binaries,
    folded: folds.result(),
  }
}

function architectureOf({ platform }: DiffSide): string {
  return canonicalPlatform(platform).architecture
}
