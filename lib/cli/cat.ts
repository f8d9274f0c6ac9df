import type { Command } from 'commander'
import { type FileResponse, fileQuery, fileResponse } from '#lib/api/file.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { readFile } from '#lib/service/read-file.ts'
import { type ContentsOptions, runContents } from './contents.ts'
import { formatBytes } from './output.ts'
import { safeText } from './table.ts'

/** `archway cat REF PATH --platform P`: a text file of an image. */
export function registerCat(program: Command): void {
  program
    .command('cat')
    .description('print a text file of one platform of an image (256 KiB at most)')
    .argument('<reference>', 'for example quay.io/org/app:1.2, or oci:PATH:TAG')
    .argument('<path>', 'for example /etc/os-release; links are followed within the image')
    .option('--platform <platform>', 'which platform, where the image has several')
    .option('--json', 'the answer of GET /api/v1/images/file')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .action((reference: string, path: string, options: ContentsOptions) =>
      runContents(reference, options, {
        path: '/api/v1/images/file',
        params: { path },
        schemas: { query: fileQuery, answer: fileResponse },
        verb: readFile,
        show: printContent,
      }),
    )
}

/** A terminal gets no control characters, a pipe the very bytes. */
function printContent({ file, content }: FileResponse): void {
  if (content.kind === 'text') {
    const { text } = content
    process.stdout.write(process.stdout.isTTY ? text.replaceAll(/[^\n\t]+/g, safeText) : text)
    return
  }
  throw new AppError('not_found', `${safeText(file.path)} cannot be printed: ${whyNot(content, file)}.`)
}

function whyNot(
  content: Exclude<FileResponse['content'], { kind: 'text' }>,
  { type, sizeBytes }: FileResponse['file'],
): string {
  switch (content.kind) {
    case 'binary':
      return `it is no text (${formatBytes(sizeBytes)})`
    case 'too-large':
      return `it has ${sizeBytes} bytes, more than ${content.limitBytes}`
    case 'not-a-file':
      return `it is a ${type.replace('-', ' ')}`
    case 'unavailable':
      return safeText(content.reason)
  }
}
