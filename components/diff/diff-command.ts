import { shellQuote } from '#components/ui/shell-quote.ts'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { isOfOneReference } from './diff-address.ts'

/** The command line that gives the same comparison, or that of one file. */
export function diffCommand(sides: DiffSides, unfold: readonly string[], file?: string): string {
  const { from, to = from, fromPlatform, toPlatform } = sides
  return [
    'archway diff',
    shellQuote(from),
    ...(isOfOneReference(sides) ? [] : [shellQuote(to)]),
    ...(fromPlatform === undefined ? [] : [`--from ${shellQuote(fromPlatform)}`]),
    ...(toPlatform === undefined || toPlatform === fromPlatform ? [] : [`--to ${shellQuote(toPlatform)}`]),
    ...unfold.map((reason) => `--unfold ${shellQuote(reason)}`),
    ...(file === undefined ? [] : [`--file ${shellQuote(file)}`]),
  ].join(' ')
}
