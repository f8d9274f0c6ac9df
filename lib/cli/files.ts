import type { Command } from 'commander'
import { type FilesResponse, filesQuery, filesResponse } from '#lib/api/files.ts'
import { FILE_TYPES } from '#lib/api/match-file.ts'
import { listFiles } from '#lib/service/list-files.ts'
import { type ContentsOptions, runContents } from './contents.ts'
import { complain, print } from './output.ts'
import { renderTable, safeText } from './table.ts'

interface FilesOptions extends ContentsOptions {
  readonly prefix?: string
  readonly depth?: string
  readonly search?: string
  readonly type?: string
  readonly layer?: string
  readonly limit: string
  readonly cursor?: string
}

/** `archway files REF --platform P`: the merged file system of one platform. */
export function registerFiles(program: Command): void {
  program
    .command('files')
    .description('list the files of one platform of an image, all its layers merged')
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .option('--platform <platform>', 'which platform, where the image has several')
    .option('--prefix <path>', 'only this path, with all below it')
    .option('--depth <n>', 'no more than so many levels of folders; 1: what lies in the folder itself')
    .option('--search <text>', 'only paths with this text, whatever its case')
    .option('--type <type>', `only ${FILE_TYPES.join(', ')}`)
    .option('--layer <n>', 'only what this layer brought, the lowest being 0')
    .option('--limit <n>', 'how many entries (20000 at most)', '1000')
    .option('--cursor <cursor>', 'go on where the last answer ended')
    .option('--json', 'the answer of GET /api/v1/images/files')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .action((reference: string, options: FilesOptions) =>
      runContents(reference, options, {
        path: '/api/v1/images/files',
        params: {
          prefix: options.prefix,
          depth: options.depth,
          q: options.search,
          type: options.type,
          layer: options.layer,
          limit: options.limit,
          cursor: options.cursor,
        },
        schemas: { query: filesQuery, answer: filesResponse },
        verb: listFiles,
        show: printFiles,
      }),
    )
}

function printFiles({ entries, total, nextCursor }: FilesResponse): void {
  const rows = entries.map(({ mode, type, uid, gid, sizeBytes, layer, path, linkTarget }) => [
    `${TYPE_LETTERS[type]}${mode}`,
    `${uid}:${gid}`,
    type === 'file' ? String(sizeBytes) : '',
    String(layer),
    `${safeText(path)}${linkTarget === undefined ? '' : ` → ${safeText(linkTarget)}`}`,
  ])
  const columns = [
    { title: 'MODE' },
    { title: 'OWNER' },
    { title: 'BYTES', align: 'right' as const },
    { title: 'LAYER', align: 'right' as const },
    { title: 'PATH' },
  ]
  print(...renderTable(columns, rows))
  if (nextCursor !== undefined) {
    complain(`archway: ${entries.length} of ${total} entries; --cursor '${safeText(nextCursor)}' goes on`)
  }
}

const TYPE_LETTERS: Readonly<Record<FilesResponse['entries'][number]['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
}
