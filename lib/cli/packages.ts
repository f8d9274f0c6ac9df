import type { Command } from 'commander'
import { type PackagesResponse, packagesQuery, packagesResponse } from '#lib/api/packages.ts'
import { listPackages } from '#lib/service/list-packages.ts'
import { runContents, type WholeOptions } from './contents.ts'
import { complain, print } from './output.ts'
import { renderTable, safeText } from './table.ts'

/** `archway packages REF --platform P`: what is installed on one platform. */
export function registerPackages(program: Command): void {
  program
    .command('packages')
    .description('list what is installed on one platform of an image: dpkg, apk, rpm, Python, npm, Go')
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .option('--platform <platform>', 'which platform, where the image has several')
    .option('--whole', 'read the layers’ bytes also where a table of contents would do')
    .option('--json', 'the answer of GET /api/v1/images/packages')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .action((reference: string, options: WholeOptions) =>
      runContents(reference, options, {
        path: '/api/v1/images/packages',
        params: { whole: options.whole ? 'true' : undefined },
        schemas: { query: packagesQuery, answer: packagesResponse },
        verb: listPackages,
        show: printPackages,
      }),
    )
}

function printPackages({ packages, databases }: PackagesResponse): void {
  const rows = packages.map(({ type, name, version, architecture, layer }) => [
    type,
    safeText(name),
    safeText(version),
    safeText(architecture ?? ''),
    String(layer),
  ])
  const columns = [
    { title: 'TYPE' },
    { title: 'NAME' },
    { title: 'VERSION' },
    { title: 'ARCHITECTURE' },
    { title: 'LAYER', align: 'right' as const },
  ]
  print(...renderTable(columns, rows))
  for (const { path, problem } of databases) {
    if (problem) complain(`archway: ${safeText(path)}: ${safeText(problem.message)}`)
  }
}
