import { stripVTControlCharacters } from 'node:util'
import type { Command } from 'commander'
import { type TagDto, type TagsResponse, tagsQuery, tagsResponse } from '#lib/api/tags.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { listTags } from '#lib/service/list-tags.ts'
import { askServer } from './ask-server.ts'
import { withLocalContext } from './local-context.ts'
import { complain, formatBytes, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { type Column, renderTable, safeText } from './table.ts'

interface TagsOptions extends CommonOptions {
  readonly missing?: string
  readonly platform?: string
  readonly filter?: string
  readonly limit: string
  readonly sort: string
  readonly refresh?: boolean
  readonly all?: boolean
}

/** `archway tags REPO`: the tags of a repository with their platforms. */
export function registerTags(program: Command): void {
  program
    .command('tags')
    .description('list the tags of a repository and the platforms each one has')
    .argument('<repository>', 'for example quay.io/org/app, or oci:PATH')
    .option('--missing <platform>', 'only tags without this platform, e.g. linux/ppc64le')
    .option('--platform <platform>', 'only tags with this platform')
    .option('--filter <text>', 'only tags whose name contains this text')
    .option('--limit <n>', 'how many tags, newest version first (1000 at most)', '100')
    .option('--sort <order>', 'version or name', 'version')
    .option('--all', 'TAG-ARCH tags and referrers fallback tags as rows of their own')
    .option('--refresh', 'ask the registry again, whatever is cached')
    .option('--json', 'the answer of GET /api/v1/tags')
    .option('--server <url>', 'ask this Archway instead of the registry (ARCHWAY_SERVER)')
    .action((repository: string, options: TagsOptions) =>
      runCommand(options, async (signal) => {
        const answer = await ask(repository, options, signal)
        if (options.json) printJson(answer)
        else printTags(answer)
        return report(answer)
      }),
    )
}

async function ask(repository: string, options: TagsOptions, signal: AbortSignal): Promise<TagsResponse> {
  const params = new URLSearchParams({ repository, limit: options.limit, sort: options.sort })
  if (options.missing) params.set('missing', options.missing)
  if (options.platform) params.set('platform', options.platform)
  if (options.filter) params.set('q', options.filter)
  if (options.refresh) params.set('refresh', 'true')
  if (!options.all) params.set('group', 'true')
  return askServer(
    options,
    '/api/v1/tags',
    params,
    { query: tagsQuery, answer: tagsResponse },
    signal,
    (query) => withLocalContext((context) => listTags(context, query, signal)),
  )
}

function report(answer: TagsResponse): number {
  const failed = answer.tags.filter((tag) => tag.state === 'failed')
  for (const tag of failed.slice(0, 10))
    complain(`archway: ${safeText(tag.name)}: ${safeText(tag.error?.detail ?? 'failed')}`)
  if (failed.length > 10) complain(`archway: and ${failed.length - 10} more tags that could not be read`)
  if (answer.summary.problem) complain(`archway: ${safeText(answer.summary.problem.detail)}`)
  if (!answer.complete)
    complain('archway: not every tag could be looked at in time; what is shown is not complete')
  return answer.complete && failed.length === 0 ? 0 : 2
}

function printTags(answer: TagsResponse): void {
  if (answer.tags.length === 0) {
    complain(answer.summary.total === 0 ? 'The repository has no tags.' : 'No tag matches.')
    return
  }
  const seen = new Set<string>(PRIMARY_PLATFORMS)
  for (const tag of answer.tags) for (const platform of tag.platforms) seen.add(platform)
  const columns: TagColumn[] = [
    { title: 'TAG', cell: (tag) => safeText(tag.name) },
    { title: 'DIGEST', cell: (tag) => paint('dim', tag.digest ? shortDigest(tag.digest) : '-') },
    ...[...seen].sort(comparePlatformTexts).map((platform) => ({
      title: platform.replace(/^linux\//, ''),
      cell: (tag: TagDto) => platformCell(tag, platform),
    })),
    { title: 'CREATED', cell: (tag) => safeText(tag.created?.slice(0, 10) ?? '') },
    { title: 'ALIASES', cell: (tag) => paint('dim', safeText((tag.aliases ?? []).join(' '))) },
  ]
  const filled = columns.filter(({ cell }) =>
    answer.tags.some((tag) => stripVTControlCharacters(cell(tag)) !== ''),
  )
  print(
    ...renderTable(
      filled,
      answer.tags.map((tag) => filled.map(({ cell }) => cell(tag))),
    ),
  )
  for (const loss of answer.summary.losses) {
    const back = loss.backAt ? `came back at ${loss.backAt}` : 'has not come back'
    complain(`${loss.platform} was lost at ${safeText(loss.lostAt)} and ${safeText(back)}.`)
  }
  if (answer.matching > answer.tags.length)
    complain(`${answer.tags.length} of ${answer.matching} tags; see --limit.`)
}

type TagColumn = Column & { readonly cell: (tag: TagDto) => string }

function platformCell(tag: TagDto, platform: string): string {
  if (tag.state !== 'resolved') return paint('warn', '?')
  if (tag.kind === 'artifact') return ''
  if (!tag.platforms.includes(platform))
    return isPrimary(platform) ? paint('fail', 'missing') : paint('dim', '-')
  const size = tag.sizes?.[platform]
  return paint('pass', size === undefined ? 'yes' : formatBytes(size))
}

function isPrimary(platform: string): boolean {
  return (PRIMARY_PLATFORMS as readonly string[]).includes(platform)
}
