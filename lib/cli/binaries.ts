import type { Command } from 'commander'
import { type BinariesResponse, type BinaryDto, binariesQuery, binariesResponse } from '#lib/api/binaries.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'
import { runContents, type WholeOptions } from './contents.ts'
import { paint, print } from './output.ts'
import { renderTable, safeText } from './table.ts'

interface BinariesOptions extends WholeOptions {
  readonly kind?: string
}

/** `archway binaries REF --platform P`: programs and libraries of one platform, and what each is for. */
export function registerBinaries(program: Command): void {
  program
    .command('binaries')
    .description('list programs and libraries of one platform of an image, and what each is for')
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .option('--platform <platform>', 'which platform, where the image has several')
    .option('--kind <kind>', 'only elf, script, pe, mach-o, wasm …')
    .option('--whole', 'read the layers’ bytes also where a table of contents would do')
    .option('--json', 'the answer of GET /api/v1/images/binaries')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .action((reference: string, options: BinariesOptions) =>
      runContents(reference, options, {
        path: '/api/v1/images/binaries',
        params: { kind: options.kind, whole: options.whole ? 'true' : undefined },
        schemas: { query: binariesQuery, answer: binariesResponse },
        verb: listBinaries,
        show: printBinaries,
      }),
    )
}

function printBinaries({ binaries, machines }: BinariesResponse): void {
  const rows = binaries.map((each) => [each.kind, about(each), String(each.layer), safeText(each.path)])
  const columns = [
    { title: 'KIND' },
    { title: 'FOR' },
    { title: 'LAYER', align: 'right' as const },
    { title: 'PATH' },
  ]
  print(...renderTable(columns, rows))
  if (machines.length > 0) print('', ...machines.map(({ machine, count }) => `${count} × ${machine}`))
}

function about({ machine, agrees, interpreter, reason }: BinaryDto): string {
  const text = safeText(machine ?? interpreter ?? reason ?? '')
  return agrees === 'differs' ? paint('fail', text) : text
}
