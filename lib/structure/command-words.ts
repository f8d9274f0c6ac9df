import type { CommandTest } from './structure-tests.ts'

/** What starts a command test: all of it, in place of the image’s entrypoint and command. */
export interface CommandWords {
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
}

/** The exit code of the script when a setup step fails, with `SETUP_FAILED` on standard error. */
export const SETUP_EXIT_CODE = 125
/** Marks the line on standard error that says which step failed. */
export const SETUP_FAILED = 'archway: setup step'

/**
 * The words of a command test. Setup and teardown have to happen in the same container, so with them the image’s own
 * `/bin/sh` runs all; what the steps write is not the command’s output, and goes nowhere.
 */
export function commandWords({ command, args, setup, teardown }: CommandTest): CommandWords {
  if (setup.length + teardown.length === 0) return { entrypoint: [command], command: args }
  const script = [
    ...setup.map(
      (step, at) =>
        `${line(step)} >/dev/null 2>&1 || { echo "${SETUP_FAILED} ${at + 1} ended with $?" >&2; exit ${SETUP_EXIT_CODE}; }`,
    ),
    `${line([command, ...args])}`,
    'archway_code=$?',
    ...teardown.map((step) => `${line(step)} >/dev/null 2>&1`),
    'exit $archway_code',
  ]
  return { entrypoint: ['/bin/sh', '-c'], command: [script.join('\n')] }
}

/** The environment of a command test. `$NAME` and `${NAME}` are the image’s variables. */
export function commandEnv(
  env: CommandTest['env'],
  imageEnv: readonly string[],
): Readonly<Record<string, string>> {
  const known = new Map(
    imageEnv.map((text): readonly [string, string] => {
      const equals = text.indexOf('=')
      return [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )
  const expand = (value: string) =>
    value.replace(
      /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
      (_, braced: string | undefined, bare: string | undefined) => known.get(braced ?? bare ?? '') ?? '',
    )
  return Object.fromEntries(env.map(({ key, value }) => [key, expand(value)]))
}

function line(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
}
