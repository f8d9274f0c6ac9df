import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { badgeQuery, type ShieldsBadge, shieldsBadge } from '#lib/api/badge.ts'
import { parseQuery } from '#lib/api/parse-request.ts'
import { badgeSnippets } from '#lib/client/badge-snippets.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import { formatReference, parseReference } from '#lib/oci/reference.ts'
import { renderBadge } from '#lib/report/render/render-badge.ts'
import { readBadge } from '#lib/service/badge/read-badge.ts'
import { callServer, serverOf, serverUrl } from './ask-server.ts'
import { complain, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { withStoredContext } from './stored-context.ts'
import { safeText } from './table.ts'

interface BadgeOptions extends CommonOptions {
  readonly platform?: string
  readonly svg?: string
}

/** Where Archway is when nobody says otherwise. */
const USUAL_SERVER = 'http://127.0.0.1:3000'

/** `archway badge`: the Markdown of a badge, its SVG, or what it says. */
export function registerBadge(program: Command): void {
  program
    .command('badge')
    .description('print the Markdown of a badge, or write the badge itself as SVG')
    .argument('<reference>', 'a tag, a digest, or a repository: its latest, else the tag that was run last')
    .option('--platform <platform>', 'of this platform; without it of the image as a whole')
    .option('--svg <file>', 'write the SVG as it is now, from the reports; - is standard output')
    .option('--json', 'the answer of GET /api/v1/badge?format=shields')
    .option('--server <url>', `the Archway that the badge is of (ARCHWAY_SERVER); ${USUAL_SERVER}`)
    .addHelpText(
      'after',
      '\nExit code: 0, whatever the badge says; 2 without an answer. archway validate is the gate.',
    )
    .action((ref: string, options: BadgeOptions) =>
      runCommand(options, async (signal) => {
        const place = placeOf(ref, options)
        if (!options.json && options.svg === undefined) {
          const { origin } = serverUrl(serverOf(options) ?? USUAL_SERVER, { path: '/' })
          print(badgeSnippets(origin, place).markdown)
          return 0
        }
        const badge = await readShields(place, options, signal)
        if (options.json) printJson(badge)
        if (options.svg !== undefined) await writeSvg(options.svg, badge, place.ref)
        return 0
      }),
    )
}

/** Canonical. Throws what parsing throws. */
function placeOf(ref: string, { platform }: BadgeOptions) {
  return {
    ref: formatReference(parseReference(ref)),
    ...(platform === undefined ? {} : { platform: platformText(parsePlatform(platform)) }),
  }
}

function readShields(
  place: ReturnType<typeof placeOf>,
  options: BadgeOptions,
  signal: AbortSignal,
): Promise<ShieldsBadge> {
  const server = serverOf(options)
  const params = new URLSearchParams({ ...place, format: 'shields' })
  if (server) return callServer(server, { path: '/api/v1/badge', params }, shieldsBadge, signal)
  const query = parseQuery(badgeQuery, params)
  return withStoredContext(async (context) =>
    shieldsBadge.parse({ schemaVersion: 1, ...(await readBadge(context, query)) }),
  )
}

async function writeSvg(file: string, { label, message, color }: ShieldsBadge, ref: string): Promise<void> {
  const svg = renderBadge({ label, message, color, title: `${ref}, ${label}: ${message}` })
  if (file === '-') {
    process.stdout.write(svg)
    return
  }
  try {
    await writeFile(file, svg)
  } catch (cause) {
    throw new AppError('usage', `“${file}” cannot be written.`, { cause })
  }
  complain(`archway: ${safeText(file)} says “${safeText(message)}”`)
}
