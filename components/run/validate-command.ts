import { shellQuote } from '#components/ui/shell-quote.ts'
import type { RunRequestDto } from '#lib/api/runs.ts'
import type { PlatformProfile, RunProfile } from '#lib/report/run-profile.ts'

interface CommandOptions {
  /** Values of the environment come from variables of the shell, so that no secret is in the line. */
  readonly hidesEnv?: boolean
}

/** One setting as the command line names it; one without a value is a switch. */
interface Setting {
  readonly name: string
  readonly value?: string | undefined
  /** `value` as words of the shell already. */
  readonly quoted?: string | undefined
}

/** The same as props of a twin: none where no command line asks for it, one that waits or asks what no option says. */
export function validateTwin(
  request: RunRequestDto,
  options: CommandOptions = {},
): { readonly cli?: string; readonly note?: string } {
  const { profile = {} } = request
  const asked = [profile, ...Object.values(profile.platforms ?? {})]
  const isTold = request.waitFor === undefined && asked.every(isSayable)
  if (!isTold) return {}
  const files = filesOf(profile)
  const cli = validateCommand(request, options)
  return files.length === 0
    ? { cli }
    : { cli, note: `It reads ${files.join(', ')} where it is started: the texts of this run.` }
}

/** The files that a command line names, which have to be written before. */
function filesOf({ tests, files, platforms }: RunProfile): readonly string[] {
  const named = [files, ...Object.values(platforms ?? {}).map((own) => own.files)]
  const names = named.flatMap((each) => Object.keys(each ?? {}).map(nameOf))
  return [...new Set([...(tests === undefined ? [] : ['tests.yaml']), ...names])]
}

/** An empty command is none on a command line. */
function isSayable({ command }: PlatformProfile): boolean {
  return command === undefined || command.length > 0
}

/** The command line that asks for the same run, quoted for a POSIX shell. */
export function validateCommand(
  { ref, platforms, profile = {}, profileName, removeImages }: RunRequestDto,
  options: CommandOptions = {},
): string {
  const { entrypoint, command, network, limits, tests, ...rest } = profile
  const words = [
    'archway validate',
    shellQuote(ref),
    ...(platforms && platforms.length > 0 ? [`--platform ${shellQuote(platforms.join(','))}`] : []),
    ...settings(rest, options).map(optionOf),
    ...(network ? ['--network'] : []),
    ...(profile.cpuFloor ? ['--cpu-floor'] : []),
    ...(profile.pages64k ? ['--pages-64k'] : []),
    ...settings(limits ? { limits } : {}, options).map(optionOf),
    ...(tests === undefined ? [] : ['--tests tests.yaml']),
    ...(profile.layers === false ? ['--no-layers'] : []),
    ...Object.entries(profile.platforms ?? {}).flatMap(([platform, own]) =>
      settings(own, options).map((setting) => onPlatform(platform, setting)),
    ),
    ...(profileName === undefined ? [] : [`--profile ${shellQuote(profileName)}`]),
    ...(removeImages ? ['--remove-images'] : []),
    ...settings(entrypoint ? { entrypoint } : {}, options).map(optionOf),
    ...(command && command.length > 0 ? ['--', ...command.map(shellQuote)] : []),
  ]
  return words.join(' ')
}

function settings(asked: PlatformProfile, { hidesEnv = false }: CommandOptions): readonly Setting[] {
  const { expectOutput, expectExitCode, timeoutMs, service, env, files, entrypoint, command } = asked
  const { network, limits } = asked
  const one = (name: string, value: string | number | undefined): Setting[] =>
    value === undefined ? [] : [{ name, value: String(value) }]
  return [
    ...one('expect-output', expectOutput),
    ...one('expect-exit-code', expectExitCode),
    ...one('timeout', timeoutMs === undefined ? undefined : timeoutMs / 1_000),
    ...one('service', service?.afterMs === undefined ? undefined : service.afterMs / 1_000),
    ...one('port', service?.port),
    ...one('path', service?.path),
    ...(service?.health ? [{ name: 'health' }] : []),
    ...Object.entries(env ?? {}).map(([name, value]) => ({
      name: 'env',
      value: `${name}=${value}`,
      quoted: hidesEnv ? fromShell(name) : undefined,
    })),
    ...Object.keys(files ?? {}).flatMap((path) => one('file', `${nameOf(path)}:${path}`)),
    ...(network === undefined ? [] : [{ name: network ? 'network' : 'no-network' }]),
    ...one('memory', limits?.memoryMiB),
    ...one('pids', limits?.pids),
    ...(entrypoint ?? []).map((value) => ({ name: 'entrypoint', value })),
    ...(command ?? []).map((value) => ({ name: 'command', value })),
  ]
}

/** `--timeout 300`, `--health` */
function optionOf({ name, value, quoted }: Setting): string {
  if (value === undefined) return `--${name}`
  return `--${name} ${quoted ?? shellQuote(value)}`
}

/** `--on linux/ppc64le:timeout=300` */
function onPlatform(platform: string, { name, value, quoted }: Setting): string {
  const stated = `${platform}:${name}`
  if (value === undefined) return `--on ${shellQuote(stated)}`
  if (quoted !== undefined) return `--on ${shellQuote(`${stated}=`)}${quoted}`
  return `--on ${shellQuote(`${stated}=${value}`)}`
}

/** A file of the same name, where the command is given. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `TOKEN="$TOKEN"`; a name that no shell variable can have keeps a placeholder. */
function fromShell(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${name}="$${name}"` : shellQuote(`${name}=…`)
}
