import type { z } from 'zod'
import type { FileDiffResponse, FileTextDto, fileDiffQuery } from '#lib/api/diff-file.ts'
import { FILE_CONTENT_LIMIT_BYTES, type FileContentDto } from '#lib/api/file.ts'
import { type FoundChange, findFileChange } from '#lib/diff/find-file-change.ts'
import { unifiedDiff } from '#lib/diff/unified-diff.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { findTreeEntry } from '#lib/image/tree/tree-lookup.ts'
import { formatReference, type Reference } from '#lib/oci/reference.ts'
import { type ChosenImage, chooseImage } from './choose-image.ts'
import { comparedFiles } from './compare-images.ts'
import { comparedImageDto, comparedSides } from './compared-sides.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { fileSideDto } from './diff-dto.ts'
import { readContent } from './read-file.ts'
import { type ImageTree, type ScanFacts, scanImageTree, type TreeOptions } from './read-image-tree.ts'

/**
 * One path of two images: what it is on each side, and, where both are small texts, what differs line by line. Links
 * are not followed: they are compared themselves. Throws `not_found` for a path that neither side has,
 * `request_invalid` without platforms, and what `chooseImage` throws.
 */
export async function diffFile(
  context: ReadingContext,
  query: z.output<typeof fileDiffQuery>,
  options: TreeOptions = {},
): Promise<FileDiffResponse> {
  const { from, to, platforms, isOneReference } = comparedSides(query)
  if (platforms === undefined) {
    throw new AppError('request_invalid', 'Say which platform’s files to compare.', {
      hint: 'fromPlatform and toPlatform (--from, --to) name platforms; one of them stands for both.',
    })
  }
  const [left, right] = await Promise.all([
    readSide(context, from, platforms.from, options),
    readSide(context, to, platforms.to, options),
  ])
  // Links above it are followed, the path itself is not.
  const [entry] = [right, left].flatMap(({ imageTree }) => findTreeEntry(imageTree.tree, query.path) ?? [])
  const changes = comparedFiles(context, [left.image, right.image], [left.imageTree, right.imageTree])
  const entries = [left.imageTree.tree.entries, right.imageTree.tree.entries] as const
  const found = entry && findFileChange(changes, entries, entry.path)
  const complete = left.base.complete && right.base.complete
  if (found === undefined) {
    throw new AppError('not_found', `Neither side has ${query.path}.`, {
      ...(complete ? {} : { hint: 'It may be in a layer that could not be read.' }),
    })
  }
  const side = ({ base, image, reference }: ReadSide, entry: TreeEntry | undefined) => ({
    ...comparedImageDto(reference, image),
    layers: base.layers,
    ...(entry ? { file: fileSideDto(entry) } : {}),
  })
  return {
    axis: isOneReference ? 'platforms' : 'references',
    path: found.path,
    change: found.change,
    aspects: [...found.aspects],
    ...(found.folded ? { folded: found.folded } : {}),
    from: side(left, found.from),
    to: side(right, found.to),
    text: await textOf(context, [left, right], found, { ...options, contextLines: query.context }),
    complete,
  }
}

interface ReadSide {
  readonly reference: Reference
  readonly image: ChosenImage
  readonly imageTree: ImageTree<ScanFacts>
  readonly base: ReturnType<typeof contentsBase>
}

async function readSide(
  context: ReadingContext,
  reference: Reference,
  platform: string,
  options: TreeOptions,
): Promise<ReadSide> {
  const image = await chooseImage(context, { ref: formatReference(reference), platform }, options)
  const imageTree = await scanImageTree(context, image, options)
  return { reference, image, imageTree, base: contentsBase(image, imageTree) }
}

/** The worst cause is told: what could not be read, before what is not shown by rule. */
const CAUSES = ['unavailable', 'too-large', 'binary', 'not-a-file'] as const

async function textOf(
  context: ReadingContext,
  sides: readonly [ReadSide, ReadSide],
  { from, to }: FoundChange,
  { contextLines, ...options }: TreeOptions & { readonly contextLines: number },
): Promise<FileTextDto> {
  if (from?.sha256 !== undefined && from.sha256 === to?.sha256) return { kind: 'same' }
  const both = [from, to] as const
  // What one side rules out need not be read from the other.
  const isRuledOut = both.some((entry) => entry && !mayBeText(entry))
  const contents = await Promise.all(
    both.map(async (entry, at): Promise<FileContentDto | undefined> => {
      const { image, imageTree } = sides[at] as ReadSide
      if (entry === undefined) return { kind: 'text', text: '' }
      return isRuledOut && mayBeText(entry)
        ? undefined
        : readContent(context, image, imageTree, entry, options)
    }),
  )
  const [a, b] = contents
  if (a?.kind === 'text' && b?.kind === 'text')
    return { kind: 'unified', ...mutable(a.text, b.text, contextLines) }
  const cause = CAUSES.find((each) => contents.some((content) => content?.kind === each)) ?? 'binary'
  const reasons = contents.flatMap((content, at) => whyNot(content, both[at]).map((why) => ({ why, at })))
  return { kind: 'not-shown', cause, reason: sentence(reasons, sides) }
}

function mutable(from: string, to: string, contextLines: number) {
  const { hunks, ...counts } = unifiedDiff(from, to, contextLines)
  return { ...counts, hunks: hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })) }
}

function mayBeText({ type, sizeBytes, program }: TreeEntry): boolean {
  return type === 'file' && sizeBytes <= FILE_CONTENT_LIMIT_BYTES && (!program || program.kind === 'script')
}

function whyNot(content: FileContentDto | undefined, entry: TreeEntry | undefined): string[] {
  switch (content?.kind) {
    case 'binary':
      return ['no text']
    case 'too-large':
      return [`larger than ${content.limitBytes >> 10} KiB`]
    case 'not-a-file':
      return [`a ${entry?.type.replace('-', ' ') ?? 'folder'} without content of its own`]
    case 'unavailable':
      return [`not to be had, because ${content.reason}`]
    default:
      return []
  }
}

/** `It is no text on both sides.` `It is larger than 256 KiB on linux/amd64.` */
function sentence(
  reasons: readonly { readonly why: string; readonly at: number }[],
  sides: readonly [ReadSide, ReadSide],
): string {
  const [one, other] = reasons
  if (one && other && one.why === other.why) return `It is ${one.why} on both sides.`
  const [left, right] = sides.map(({ image }) => image.platform)
  const names = left === right ? ['the first side', 'the second side'] : [left, right]
  return `It is ${reasons.map(({ why, at }) => `${why} on ${names[at]}`).join(', and ')}.`
}
