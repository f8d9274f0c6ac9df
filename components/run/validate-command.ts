import { shellQuote } from '#components/ui/shell-quote.ts'
import type { RunRequestDto } from '#lib/api/runs.ts'

/** The same as props of a twin: none where no command line asks for it, one that waits or that tells platforms apart. */
export function validateTwin(
  request: RunRequestDto,
  options: { readonly hidesEnv?: boolean } = {},
): { readonly cli?: string } {
  const isTold = request.waitFor === undefined && request.profile?.platforms === undefined
  return isTold ? { cli: validateCommand(request, options) } : {}
}

/**
 * The command line that asks for the same run, quoted for a POSIX shell. With `hidesEnv` values of the environment come
 * from variables of the shell, so that no secret is in the line.
 */
export function validateCommand(
  { ref, platforms, profile = {}, profileName, removeImages }: RunRequestDto,
  { hidesEnv = false } = {},
): string {
  const { entrypoint, command, env, expectOutput, expectExitCode, service, timeoutMs, network } = profile
  const { limits, tests } = profile
  const words = [
    'archway validate',
    shellQuote(ref),
    ...(platforms && platforms.length > 0 ? [`--platform ${shellQuote(platforms.join(','))}`] : []),
    ...(expectOutput === undefined ? [] : [`--expect-output ${shellQuote(expectOutput)}`]),
    ...(expectExitCode === undefined ? [] : [`--expect-exit-code ${expectExitCode}`]),
    ...(timeoutMs === undefined ? [] : [`--timeout ${timeoutMs / 1_000}`]),
    ...(service?.afterMs === undefined ? [] : [`--service ${service.afterMs / 1_000}`]),
    ...(service?.port === undefined ? [] : [`--port ${service.port}`]),
    ...(service?.path === undefined ? [] : [`--path ${shellQuote(service.path)}`]),
    ...(service?.health ? ['--health'] : []),
    ...Object.entries(env ?? {}).map(
      ([name, value]) => `--env ${hidesEnv ? fromShell(name) : shellQuote(`${name}=${value}`)}`,
    ),
    ...Object.keys(profile.files ?? {}).map((path) => `--file ${shellQuote(`${nameOf(path)}:${path}`)}`),
    ...(network ? ['--network'] : []),
    ...(profile.cpuFloor ? ['--cpu-floor'] : []),
    ...(profile.pages64k ? ['--pages-64k'] : []),
    ...(limits?.memoryMiB === undefined ? [] : [`--memory ${limits.memoryMiB}`]),
    ...(limits?.pids === undefined ? [] : [`--pids ${limits.pids}`]),
    ...(tests === undefined ? [] : ['--tests tests.yaml']),
    ...(profileName === undefined ? [] : [`--profile ${shellQuote(profileName)}`]),
    ...(removeImages ? ['--remove-images'] : []),
    ...(entrypoint ?? []).map((word) => `--entrypoint ${shellQuote(word)}`),
    ...(command && command.length > 0 ? ['--', ...command.map(shellQuote)] : []),
  ]
  return words.join(' ')
}

/** A file of the same name, where the command is given. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `TOKEN="$TOKEN"`; a name that no shell variable can have keeps a placeholder. */
function fromShell(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${name}="$${name}"` : shellQuote(`${name}=…`)
}
