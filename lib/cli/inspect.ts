import type { Command } from 'commander'
import { type ImagePlatformDto, type ImageResponse, imageQuery, imageResponse } from '#lib/api/image.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { inspectWithLayers } from '#lib/service/check-layers.ts'
import { getRawManifest } from '#lib/service/get-raw-manifest.ts'
import { askServer } from './ask-server.ts'
import { withLocalContext, withReadingContext } from './local-context.ts'
import { checkLines, complain, findingLines, formatBytes, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

interface InspectOptions extends CommonOptions {
  readonly raw?: boolean
  readonly quick?: boolean
  readonly layers?: boolean
}

/** `archway inspect REF`: every platform of an image, index beside config, with findings. Exit 1 on an error finding. */
export function registerInspect(program: Command): void {
  program
    .command('inspect')
    .description('show every platform of an image: what the index says beside what each config says')
    .argument('<reference>', 'for example quay.io/org/app:1.2, app@sha256:…, or oci:PATH:TAG')
    .option('--json', 'the answer of GET /api/v1/images?checks=all')
    .option('--quick', 'leave out the checks that ask for other tags and SBOM documents')
    .option('--layers', 'also read the layers of every platform, and check what is in them')
    .option('--raw', 'the exact bytes of the manifest, verified')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .addHelpText(
      'after',
      '\nExit code: 0, or 1 with a finding of severity error, 2 when it could not answer.',
    )
    .action((reference: string, options: InspectOptions) =>
      runCommand(options, async (signal) => {
        if (options.raw) return printRaw(reference, signal)
        const answer = await askServer(
          options,
          '/api/v1/images',
          new URLSearchParams({ ref: reference, checks: checksOf(options) }),
          { query: imageQuery, answer: imageResponse },
          signal,
          (query) => withReadingContext((context) => inspectWithLayers(context, query, signal)),
        )
        if (options.json) printJson(answer)
        else printImage(answer)
        return answer.findings.some((finding) => finding.severity === 'error') ? 1 : 0
      }),
    )
}

function checksOf({ quick, layers }: InspectOptions): 'own' | 'all' | 'layers' {
  return layers ? 'layers' : quick ? 'own' : 'all'
}

async function printRaw(reference: string, signal: AbortSignal): Promise<number> {
  const manifest = await withLocalContext((context) => getRawManifest(context, { ref: reference }, signal))
  process.stdout.write(manifest.bytes)
  return 0
}

function printImage(image: ImageResponse): void {
  print(
    paint('bold', safeText(image.reference)),
    `${image.kind}  ${image.digest}  ${safeText(image.mediaType)}`,
    ...(image.artifactType ? [`artifact of type ${safeText(image.artifactType)}`] : []),
  )
  if (image.platforms.length > 0) print('', ...platformTable(image))
  const about = [
    count(image.attestations.length, 'attestation'),
    count(image.referrers.length, 'referrer'),
    count(image.others.length, 'other child', 'other children'),
  ].filter((text) => text !== undefined)
  if (about.length > 0) print('', paint('dim', about.join(' · ')))
  if (image.findings.length > 0) print('', ...findingLines(image.findings))
  const looked = checkLines(image)
  if (looked.length > 0) print('', ...looked)
  for (const warning of image.warnings) complain(`archway: the registry says: ${safeText(warning)}`)
}

function platformTable(image: ImageResponse): string[] {
  const rows = image.platforms.map((row) => [
    safeText(row.key),
    paint('dim', shortDigest(row.digest)),
    row.rawPlatform ? safeText(row.rawPlatform) : paint('dim', 'not said'),
    configCell(row),
    presenceCell(row),
    row.sizeBytes === undefined ? '' : formatBytes(row.sizeBytes),
    safeText(row.config?.created?.slice(0, 10) ?? ''),
  ])
  const has = new Set(image.platforms.map((row) => row.platform))
  const gaps = image.kind === 'index' ? PRIMARY_PLATFORMS.filter((platform) => !has.has(platform)) : []
  return renderTable(
    [
      { title: 'PLATFORM' },
      { title: 'DIGEST' },
      { title: 'INDEX SAYS' },
      { title: 'CONFIG SAYS' },
      { title: 'PRESENCE' },
      { title: 'SIZE', align: 'right' },
      { title: 'CREATED' },
    ],
    [...rows, ...gaps.map((platform) => [platform, '-', paint('fail', 'not in this index')])],
  )
}

function configCell(row: ImagePlatformDto): string {
  if (!row.config) return paint('warn', 'not read')
  return paint(row.config.agrees ? 'pass' : 'fail', safeText(row.config.rawPlatform))
}

function presenceCell(row: ImagePlatformDto): string {
  const tone = row.presence === 'present' ? 'pass' : row.presence === 'missing' ? 'fail' : 'warn'
  return paint(tone, row.shadowed ? `${row.presence}, shadowed` : row.presence)
}

function count(n: number, one: string, many = `${one}s`): string | undefined {
  return n === 0 ? undefined : `${n} ${n === 1 ? one : many}`
}
