import { type BinaryCounts, countBinaries } from '#lib/checks/elf-files.ts'
import type { ImageFiles, NamedLoader } from '#lib/checks/image-files.ts'
import { layerContent, type SetImage } from '#lib/checks/image-set.ts'
import type { Judgement } from '#lib/checks/run-checks.ts'
import { runLayerChecks } from '#lib/checks/run-layer-checks.ts'
import type { Gap } from '#lib/checks/unjudged.ts'
import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { followPath } from '#lib/image/follow-path.ts'
import type { LayerFacts } from '#lib/image/layer/layer-facts.ts'
import { type EntrypointResolution, resolveEntrypoint, searchPathOf } from '#lib/image/resolve-entrypoint.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import type { MergedTree } from '#lib/image/tree/merge-layers.ts'
import { treeLookup } from '#lib/image/tree/tree-lookup.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { type Platform, parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { ChosenImage } from './choose-image.ts'
import type { ReadingContext } from './context.ts'
import { type ImageTree, type ReadLayer, readImageTree, type TreeOptions } from './read-image-tree.ts'

/** What the layers of one image came to. Its files are gone: many images are examined, one after the other. */
export interface ExaminedImage {
  readonly judgement: Judgement
  readonly binaries: BinaryCounts
  /** What starts, found in the layers; undefined where one of them could not be read. */
  readonly resolution: EntrypointResolution | undefined
  readonly isComplete: boolean
  /** What comparing it with the other images of its index needs. */
  readonly forSet: SetImage
}

/** Reads the layers of an image and runs the checks over its files. Throws `cancelled` and `internal` alone. */
export async function examineImage(
  context: ReadingContext,
  image: ChosenImage,
  options: TreeOptions = {},
): Promise<ExaminedImage> {
  const imageTree = await readImageTree(context, image, options)
  const platform = parsePlatform(image.platform)
  const files = await gatherFiles(image, imageTree, platform)
  const { resolution, gaps, packageGaps } = files
  const judgement = runLayerChecks(files)
  const isUnseen = imageTree.layers.length > 0 && imageTree.layers.every((layer) => !('facts' in layer))
  return {
    judgement: isUnseen ? { ...judgement, checked: [] } : judgement,
    binaries: countBinaries(files),
    resolution,
    isComplete: gaps.length === 0,
    forSet: {
      platform,
      digest: image.digest,
      packages: files.packages.map(({ type, name, version }) => ({ type, name, version })),
      layers: imageTree.layers.map((layer) => setLayer(layer, platform)),
      gaps,
      packageGaps,
    },
  }
}

async function gatherFiles(
  { digest, config }: ChosenImage,
  { layers, tree }: ImageTree,
  platform: Platform,
): Promise<ImageFiles> {
  const facts = layers.map((layer) => ('facts' in layer ? layer.facts : undefined))
  const { packages, databases } = installedPackages(tree, facts)
  const text = platformText(platform)
  const gaps = layers.flatMap((layer): Gap[] => {
    if ('facts' in layer) return []
    const what = `${shortDigest(layer.descriptor.digest)}, ${layer.problem.message}`
    return [{ reason: 'layer-not-read', platform: text, what }]
  })
  const ofPackages = databases.flatMap(({ path, problem }): Gap[] =>
    problem ? [{ reason: 'packages-not-read', platform: text, what: `${path}. ${problem.message}` }] : [],
  )
  const isComplete = gaps.length === 0
  const hasCommand = config.entrypoint.length + config.cmd.length > 0
  return {
    platform,
    digest,
    entries: [...tree.entries.values()],
    layers: layers.map(({ descriptor }) => descriptor.digest),
    packages,
    osRelease: osReleaseOf(tree, facts),
    resolution: isComplete && hasCommand ? await resolveEntrypoint(treeLookup(tree), config) : undefined,
    loaders: isComplete ? await namedLoaders(tree, searchPathOf(config.env), platform) : [],
    gaps,
    packageGaps: [...gaps, ...ofPackages],
  }
}

function setLayer(layer: ReadLayer, platform: Platform): SetImage['layers'][number] {
  const { digest } = layer.descriptor
  if (!('facts' in layer)) return { digest, identity: digest }
  return { digest, identity: layer.facts.diffId, content: layerContent(layer.facts, platform) }
}

function osReleaseOf(tree: MergedTree, layers: readonly (LayerFacts | undefined)[]) {
  const found = layers.flatMap((facts, layer) =>
    (facts?.osReleases ?? []).filter(({ path }) => tree.entries.get(path)?.layer === layer),
  )
  return found.find(({ path }) => path === 'etc/os-release') ?? found[0]
}

/** Loaders that executables on PATH name and do not find. */
async function namedLoaders(
  tree: MergedTree,
  searchPath: readonly string[],
  platform: Platform,
): Promise<NamedLoader[]> {
  const folders = new Set(searchPath.map((folder) => folder.replace(/^\/+|\/+$/g, '')))
  const byLoader = new Map<string, string[]>()
  for (const { path, mode, program, hardLinkTo } of tree.entries.values()) {
    if (program?.kind !== 'elf' || program.linkage.kind !== 'dynamic' || hardLinkTo !== undefined) continue
    const isOnPath = (mode & 0o111) !== 0 && folders.has(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    if (!isOnPath || elfMatchesPlatform(program, platform).kind !== 'matches') continue
    const { interpreter } = program.linkage
    byLoader.set(interpreter, [...(byLoader.get(interpreter) ?? []), path])
  }
  const lookup = treeLookup(tree)
  const loaders = await Promise.all(
    [...byLoader].map(async ([loader, paths]): Promise<NamedLoader[]> => {
      const followed = await followPath(lookup, `/${loader.replace(/^\/+/, '')}`)
      if (followed.kind !== 'entry' || followed.entry.kind !== 'file')
        return [{ loader, paths, state: 'missing' }]
      const { program } = followed.entry
      if (program?.kind !== 'elf') return [{ loader, paths, state: 'wrong' }]
      if (elfMatchesPlatform(program.elf, platform).kind === 'matches') return []
      return [{ loader, paths, state: 'wrong', found: describeElf(program.elf) }]
    }),
  )
  return loaders.flat()
}
