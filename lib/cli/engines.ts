import type { Command } from 'commander'
import { type EngineDto, type EnginesResponse, enginesResponse } from '#lib/api/engines.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { ENGINE_NAMES } from '#lib/report/engine-names.ts'
import { listEngines } from '#lib/service/list-engines.ts'
import { callServer, serverOf } from './ask-server.ts'
import { withLocalEngines } from './local-context.ts'
import { complain, formatBytes, paint, print, printJson } from './output.ts'
import { type CommonOptions, runCommand } from './run-command.ts'
import { renderTable, safeText } from './table.ts'

interface EnginesOptions extends CommonOptions {
  readonly probe?: boolean
}

/** Nothing here can run anything: as of a run that was skipped. */
const EXIT_NONE_READY = 3
/** Every engine answers or fails within this; see `meetEngine`. */
const LOCAL_WAIT_MS = 120_000

/** `archway engines`: the engines of this machine or of a server, and what each was found able to run. */
export function registerEngines(program: Command): void {
  program
    .command('engines')
    .description('show the engines, and what each was found able to run by running the sample')
    .option('--probe', 'find out anew; without --server that is always done')
    .option('--json', 'the answer of GET /api/v1/engines')
    .option('--server <url>', 'the engines of this Archway instead of those here (ARCHWAY_SERVER)')
    .addHelpText(
      'after',
      '\nExit code: 0 when an engine is ready, 3 when none is, 2 when it could not answer.',
    )
    .action((options: EnginesOptions) =>
      runCommand(options, async (signal) => {
        const answer = await ask(options, signal)
        if (options.json) printJson(answer)
        else printEngines(answer)
        return answer.engines.some(({ state }) => state === 'ready') ? 0 : EXIT_NONE_READY
      }),
    )
}

function ask(options: EnginesOptions, signal: AbortSignal): Promise<EnginesResponse> {
  const server = serverOf(options)
  if (server === undefined) {
    return withLocalEngines((context) => listEngines(context, { signal, waitMs: LOCAL_WAIT_MS }))
  }
  const call = options.probe ? { path: '/api/v1/engines/probe', body: {} } : { path: '/api/v1/engines' }
  return callServer(server, call, enginesResponse, signal)
}

function printEngines({ engines, problems }: EnginesResponse): void {
  if (engines.length > 0) {
    print(...platformTable(engines), '')
    for (const engine of engines) print(...describe(engine), '')
  }
  for (const { detail, hint } of problems) {
    complain(`archway: ${safeText(detail)}`)
    if (hint) complain(`  ${safeText(hint)}`)
  }
}

/** What can run here at a glance: a row a platform, a column an engine. */
function platformTable(engines: readonly EngineDto[]): string[] {
  const platforms = new Set<string>(PRIMARY_PLATFORMS)
  for (const engine of engines) for (const { platform } of engine.platforms) platforms.add(platform)
  return renderTable(
    [{ title: 'PLATFORM' }, ...engines.map(({ name }) => ({ title: safeText(name) }))],
    [...platforms]
      .toSorted(comparePlatformTexts)
      .map((platform) => [platform, ...engines.map((engine) => cell(engine, platform))]),
  )
}

function cell(engine: EngineDto, platform: string): string {
  if (engine.state === 'unavailable') return paint('dim', engine.probing ? 'probing' : 'unavailable')
  const { mode, withheld } = engine.platforms.find((each) => each.platform === platform) ?? {}
  if (mode === undefined) return paint('dim', 'not tried')
  if (withheld) return paint('dim', 'not given')
  return mode === 'cannot' ? paint('fail', 'cannot') : mode === 'native' ? paint('pass', 'native') : mode
}

function describe(engine: EngineDto): string[] {
  const { info, problem } = engine
  const found = engine.name === engine.foundBy ? '' : `, found by ${engine.foundBy}`
  const lines = [
    `${paint('bold', safeText(engine.name))}  ${stateWord(engine)}`,
    `  ${safeText(engine.address)}${safeText(found)}`,
  ]
  if (info && engine.state === 'ready') {
    lines.push(
      `  ${ENGINE_NAMES[info.kind]} ${safeText(info.version)} (API ${info.apiVersion}) on ${safeText(info.host)}`,
      `  ${info.os}/${info.architecture}, kernel ${safeText(info.kernel)}, ${info.cpus} CPUs, ${formatBytes(info.memoryBytes)} of memory`,
    )
    if (info.missingLimits.length > 0)
      lines.push(
        `  ${paint('warn', `cannot limit ${info.missingLimits.join(', ')}: a run there is not fully fenced in`)}`,
      )
  }
  if (problem)
    lines.push(`  ${safeText(problem.detail)}`, ...(problem.hint ? [`  ${safeText(problem.hint)}`] : []))
  for (const { platform, mode, reason } of engine.platforms)
    if (mode === 'cannot') lines.push(`  ${platform}: ${safeText(reason ?? 'cannot')}`)
  if (engine.probedAt)
    lines.push(paint('dim', `  probed ${engine.probedAt.slice(0, 19).replace('T', ' ')} UTC`))
  return lines
}

function stateWord({ state, probing }: EngineDto): string {
  if (probing) return paint('warn', 'probing')
  return state === 'ready' ? paint('pass', 'ready') : paint('fail', 'unavailable')
}
