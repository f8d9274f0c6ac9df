import { Command, CommanderError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }

/** Could not answer: the machine, the registry or Archway is at fault. */
const EXIT_NO_ANSWER = 2
/** The command line is not understood (`EX_USAGE` of sysexits.h). */
const EXIT_USAGE = 64

/** The `archway` program without its commands; each `register…` adds one. */
export function createProgram(): Command {
  return new Command('archway')
    .description(manifest.description)
    .version(manifest.version)
    .showHelpAfterError('(archway --help lists what there is)')
    .exitOverride()
}

/**
 * Runs one command line and answers its exit code (DESIGN §4): the `process.exitCode` that a command has set, or 64
 * for a command line that is not understood.
 */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  endQuietlyWithoutReader()
  try {
    await program.parseAsync(argv)
    return typeof process.exitCode === 'number' ? process.exitCode : 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return EXIT_NO_ANSWER
  }
}

/** `archway tags … | head` closes the pipe early, which is nothing to report. */
function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : EXIT_NO_ANSWER)
  })
}
