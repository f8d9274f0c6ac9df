/** A history entry as a Dockerfile would say it. `instruction` is empty where none can be told. */
export interface HistoryLine {
  readonly instruction: string
  readonly rest: string
}

const INSTRUCTIONS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
)

/** Longer lines are cut before they are read: what a row shows is one line. */
const READ_MAX_LENGTH = 2_000

/** The shells that builders put before a RUN line. */
const SHELL =
  /^(?:(?:\/\S*\/)?(?:ba|da|a|z|k)?sh (?:-[a-zA-Z]+ (?:pipefail )?)*-[a-zA-Z]*c |cmd \/S \/C |powershell(?:\.exe)? -Command )/

/** Build arguments of a RUN step: `|2 A=1 B=2 ` and then the shell. */
const BUILD_ARGUMENTS = /^\|\d+ /

/**
 * Reads what a builder wrote into `created_by`: the shell prefix, `#(nop)` and BuildKit's mark are taken away and white
 * space is folded. For reading only; the full line is shown beside it.
 */
export function historyLine(createdBy: string): HistoryLine {
  const line = createdBy
    .slice(0, READ_MAX_LENGTH)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/ # buildkit$/, '')
  const { instruction, rest } = split(line)
  if (instruction === 'RUN') return { instruction, rest: withoutShell(withoutArguments(rest)) }
  if (instruction !== '') return { instruction, rest: instruction === 'EXPOSE' ? ports(rest) : rest }
  const command = withoutShell(withoutArguments(line))
  if (command.startsWith('#(nop)')) return split(command.slice('#(nop)'.length).trim())
  return { instruction: command === line ? '' : 'RUN', rest: command }
}

function split(line: string): HistoryLine {
  const space = line.indexOf(' ')
  const word = space < 0 ? line : line.slice(0, space)
  if (!INSTRUCTIONS.has(word)) return { instruction: '', rest: line }
  const rest = space < 0 ? '' : line.slice(space + 1).trim()
  return { instruction: word, rest: word === 'EXPOSE' ? ports(rest) : rest }
}

/** Cuts build arguments off: their end is where the shell begins, because their values may hold spaces. */
function withoutArguments(line: string): string {
  if (!BUILD_ARGUMENTS.test(line)) return line
  const shell = / (?:\/\S*\/(?:ba|da|a|z|k)?sh |cmd \/S \/C |powershell)/.exec(line)
  return shell ? line.slice(shell.index + 1) : line
}

function withoutShell(line: string): string {
  return line.replace(SHELL, '')
}

/** `map[8080/tcp:{} 9090/tcp:{}]`, Go's way to print a set, as the ports in it. */
function ports(rest: string): string {
  const set = /^map\[(.*)\]$/.exec(rest)
  return set?.[1] === undefined ? rest : set[1].replaceAll(':{}', '')
}
