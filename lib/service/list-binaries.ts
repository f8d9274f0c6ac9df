import type { z } from 'zod'
import type { BinariesResponse, BinaryDto, binariesQuery } from '#lib/api/binaries.ts'
import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { followPath, joinPath } from '#lib/image/follow-path.ts'
import type { ProgramFacts } from '#lib/image/program-facts.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { treeLookup } from '#lib/image/tree/tree-lookup.ts'
import { type Platform, parsePlatform } from '#lib/oci/platform.ts'
import { chooseImage } from './choose-image.ts'
import { contentsBase } from './contents-base.ts'
import type { ReadingContext } from './context.ts'
import { scanImageTree, type TreeOptions } from './read-image-tree.ts'

/** Every file of an image that is a program or a library, with what it is for. Throws as `chooseImage` does. */
export async function listBinaries(
  context: ReadingContext,
  query: z.output<typeof binariesQuery>,
  options: TreeOptions = {},
): Promise<BinariesResponse> {
  const image = await chooseImage(context, query, options)
  const imageTree = await scanImageTree(context, image, { ...options, isWhole: query.whole })
  const platform = parsePlatform(image.platform)
  const found = [...imageTree.tree.entries.values()]
    .flatMap((entry) => (entry.program ? [{ entry, program: entry.program }] : []))
    .sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1))
  const lookup = treeLookup(imageTree.tree)
  const known = new Map<string, Promise<string | undefined>>()
  const findInterpreter = (named: string) => {
    const answer = known.get(named) ?? followPath(lookup, joinPath('/', named)).then(fileAt)
    known.set(named, answer)
    return answer
  }
  const binaries = await Promise.all(
    found
      .filter(({ program }) => query.kind === undefined || program.kind === query.kind)
      .map(async ({ entry, program }): Promise<BinaryDto> => {
        const dto = binaryDto(entry, program, platform)
        const interpreterPath =
          dto.interpreter === undefined ? undefined : await findInterpreter(dto.interpreter)
        return { ...dto, ...(interpreterPath === undefined ? {} : { interpreterPath }) }
      }),
  )
  return {
    ...contentsBase(image, imageTree),
    machines: countMachines(found.map(({ entry, program }) => binaryDto(entry, program, platform))),
    binaries,
  }
}

function fileAt(followed: Awaited<ReturnType<typeof followPath>>): string | undefined {
  return followed.kind === 'entry' && followed.entry.kind === 'file' ? followed.path : undefined
}

function binaryDto(entry: TreeEntry, program: ProgramFacts, platform: Platform): BinaryDto {
  const { path, layer, sizeBytes, hardLinkTo } = entry
  const base = {
    path,
    kind: program.kind,
    layer,
    sizeBytes,
    ...(hardLinkTo === undefined ? {} : { hardLinkTo }),
  }
  switch (program.kind) {
    case 'elf': {
      const { type, linkage, needed, soname, maxAlignBytes, isaLevel, buildId, go, isPartial } = program
      return {
        ...base,
        machine: describeElf(program),
        agrees: elfMatchesPlatform(program, platform).kind,
        type,
        ...(linkage.kind === 'dynamic' ? { interpreter: linkage.interpreter } : {}),
        ...(needed ? { needed: [...needed] } : {}),
        ...(soname === undefined ? {} : { soname }),
        ...(maxAlignBytes === undefined ? {} : { maxAlignBytes }),
        ...(isaLevel === undefined ? {} : { isaLevel }),
        ...(buildId === undefined ? {} : { buildId }),
        ...(go ? { go: goDto(go) } : {}),
        ...(isPartial ? { partial: true } : {}),
      }
    }
    case 'script': {
      const { interpreter, argument } = program
      return { ...base, interpreter, ...(argument === undefined ? {} : { argument }) }
    }
    case 'broken-elf':
    case 'broken-script':
      return { ...base, reason: program.reason }
    default:
      return base
  }
}

function goDto({ version, path, settings }: NonNullable<Extract<ProgramFacts, { kind: 'elf' }>['go']>) {
  return { version, ...(path === undefined ? {} : { path }), settings: { ...settings } }
}

function countMachines(binaries: readonly BinaryDto[]): BinariesResponse['machines'] {
  const counts = new Map<string, BinariesResponse['machines'][number]>()
  for (const { machine, agrees, hardLinkTo } of binaries) {
    if (machine === undefined || agrees === undefined || hardLinkTo !== undefined) continue
    const count = (counts.get(machine)?.count ?? 0) + 1
    counts.set(machine, { machine, agrees, count })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}
