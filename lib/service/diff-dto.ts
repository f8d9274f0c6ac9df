import type {
  BinariesDto,
  DiffResponse,
  FileChangeDto,
  FileSideDto,
  HighlightDto,
  LayerPairDto,
} from '#lib/api/diff.ts'
import type { FileChange } from '#lib/diff/compare-files.ts'
import type { DiffSide, FoldReason } from '#lib/diff/diff-side.ts'
import type { BinarySummary } from '#lib/diff/foreign-binaries.ts'
import { highlightSeverity, highlightText, summaryText } from '#lib/diff/highlight-text.ts'
import type { ImageDiff } from '#lib/diff/image-diff.ts'
import { describeElf } from '#lib/image/elf-machine.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { platformText } from '#lib/oci/platform.ts'
import { fileDto } from './list-files.ts'

/** Which part of a difference goes out. */
export interface DiffSelection {
  /** Reasons whose differences are shown; `all` shows every one. */
  readonly unfold: ReadonlySet<string>
  /** Of the files. */
  readonly offset: number
  readonly limit: number
}

/** Names of the sides in sentences. */
export interface SideNames {
  readonly from: string
  readonly to: string
}

/** What goes out of a comparison of two images. */
export function diffParts(
  diff: ImageDiff,
  [from, to]: readonly [DiffSide, DiffSide],
  selection: DiffSelection,
): Omit<DiffResponse, 'axis' | 'from' | 'to' | 'coverage' | 'complete'> {
  const { config, content } = diff
  const isShown = ({ folded }: { readonly folded?: FoldReason }) =>
    folded === undefined || selection.unfold.has('all') || selection.unfold.has(folded)
  return {
    summary: {
      text: summaryText(diff, from, to),
      highlights: highlightDtos(diff, sideNames(from, to)),
      isAcrossArchitectures: diff.isAcrossArchitectures,
    },
    config: { changes: config.changes.filter(isShown), sameCount: config.sameCount },
    layers: layerPairs(diff, from, to),
    ...(content
      ? {
          ...filePage(content.files.changes.filter(isShown), selection),
          filesSame: content.files.sameCount,
          packages: content.packages.changes.filter(isShown),
          packagesSame: content.packages.sameCount,
          binaries: {
            from: binariesDto(content.binaries.from, isShown({ folded: 'exempt-binary' })),
            to: binariesDto(content.binaries.to, isShown({ folded: 'exempt-binary' })),
          },
        }
      : {}),
    folded: countFolds([
      ...config.changes,
      ...(content ? [...content.files.changes, ...content.packages.changes, ...exemptBinaries(content)] : []),
    ]),
  }
}

/** The platforms where they differ; else there is nothing to tell the sides by but their place. */
function sideNames(from: DiffSide, to: DiffSide): SideNames {
  const [a, b] = [platformText(from.platform), platformText(to.platform)]
  return a === b ? { from: 'the first', to: 'the second' } : { from: a, to: b }
}

function highlightDtos(
  { highlights, isAcrossArchitectures }: ImageDiff,
  { from, to }: SideNames,
): HighlightDto[] {
  return highlights.map((highlight) => ({
    kind: highlight.kind,
    severity: highlightSeverity(highlight, isAcrossArchitectures),
    text: highlightText(highlight, from, to),
  }))
}

function layerPairs({ layers }: ImageDiff, from: DiffSide, to: DiffSide): LayerPairDto[] {
  return layers.map(({ relation, from: a, to: b }) => ({
    relation,
    ...(a === undefined ? {} : { from: layerDto(from, a) }),
    ...(b === undefined ? {} : { to: layerDto(to, b) }),
  }))
}

function layerDto({ layers }: DiffSide, position: number): NonNullable<LayerPairDto['from']> {
  const { digest = '', sizeBytes = 0, mediaType = '', createdBy } = layers[position] ?? {}
  return { digest, sizeBytes, mediaType, ...(createdBy ? { createdBy } : {}) }
}

function filePage(
  changes: readonly FileChange[],
  { offset, limit }: DiffSelection,
): Pick<DiffResponse, 'files' | 'filesTotal' | 'nextCursor'> {
  const end = offset + limit
  return {
    files: changes.slice(offset, end).map(fileChangeDto),
    filesTotal: changes.length,
    ...(limit > 0 && end < changes.length ? { nextCursor: String(end) } : {}),
  }
}

function fileChangeDto({ from, to, aspects, ...change }: FileChange): FileChangeDto {
  return {
    ...change,
    aspects: [...aspects],
    ...(from ? { from: fileSideDto(from) } : {}),
    ...(to ? { to: fileSideDto(to) } : {}),
  }
}

/** What lies at a path on one side, as it goes out. */
export function fileSideDto(entry: TreeEntry): FileSideDto {
  const { program } = entry
  return { ...fileDto(entry), ...(program?.kind === 'elf' ? { program: describeElf(program) } : {}) }
}

/** Programs of another architecture; `hasExempt`: with those that harm nobody, which say why. */
function binariesDto({ counts, foreign, exempt }: BinarySummary, hasExempt: boolean): BinariesDto {
  return { counts: [...counts], foreign: [...foreign, ...(hasExempt ? exempt : [])] }
}

function exemptBinaries({ binaries }: NonNullable<ImageDiff['content']>): { folded: FoldReason }[] {
  return [...binaries.from.exempt, ...binaries.to.exempt].map(() => ({ folded: 'exempt-binary' }))
}

function countFolds(changes: readonly { readonly folded?: FoldReason }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { folded } of changes) if (folded) counts[folded] = (counts[folded] ?? 0) + 1
  return counts
}
