import type { z } from 'zod'
import type { ContentsBase } from '#lib/api/image-contents.ts'
import type { ReadingContext } from '#lib/service/context.ts'
import type { TreeOptions } from '#lib/service/read-image-tree.ts'
import { askReading } from './ask-reading.ts'
import { complainOfLayers } from './layer-lines.ts'
import { withReadingContext } from './local-context.ts'
import { complain, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'

/** What every command about an image's content may be told. */
export interface ContentsOptions extends CommonOptions {
  readonly platform?: string
}

/** What commands that a table of contents can answer in part may be told. */
export interface WholeOptions extends ContentsOptions {
  readonly whole?: boolean
}

/** A command about an image's content: the call it is the twin of, and how its answer is shown. */
export interface ContentsCommand<Q extends z.ZodType, A extends z.ZodType> {
  readonly path: string
  readonly params: Readonly<Record<string, string | undefined>>
  readonly schemas: { readonly query: Q; readonly answer: A }
  verb(context: ReadingContext, query: z.output<Q>, options: TreeOptions): Promise<z.output<A>>
  show(answer: z.output<A>): void
}

/** What was not looked at, where tables of contents were taken for layers; undefined where nothing was left out. */
export function tableNote(layers: ContentsBase['layers']): string | undefined {
  const unlooked = layers.reduce((sum, { unlookedFiles = 0 }) => sum + unlookedFiles, 0)
  if (unlooked === 0) return undefined
  const count = layers.filter(({ basis }) => basis === 'table').length
  const tables = count === 1 ? 'one layer' : `${count} layers`
  return `by the table of contents of ${tables}: nobody looked into ${unlooked} files that are neither executable nor named like code (--whole reads all)`
}

/** Exit code for an answer that lacks what a layer holds: it could not be given in full. */
const EXIT_INCOMPLETE = 2

/** Runs such a command. Exit 0, or 2 when a layer could not be read: what is there is shown all the same. */
export function runContents<Q extends z.ZodType, A extends z.ZodType<ContentsBase>>(
  reference: string,
  options: ContentsOptions,
  { path, params, schemas, verb, show }: ContentsCommand<Q, A>,
): Promise<void> {
  return runCommand(options, async (signal) => {
    const search = new URLSearchParams({ ref: reference })
    for (const [name, value] of Object.entries({ platform: options.platform, ...params })) {
      if (value !== undefined) search.set(name, value)
    }
    const answer = await askReading(options, path, search, schemas, signal, (query, reading) =>
      withReadingContext((context) => verb(context, query, reading)),
    )
    if (options.json) printJson(answer)
    else show(answer)
    const note = tableNote(answer.layers)
    if (note && !options.json) complain(`archway: ${note}`)
    complainOfLayers(answer.layers)
    return answer.complete ? 0 : EXIT_INCOMPLETE
  })
}
