import { nameOf } from './follow-path.ts'

/** The command that a launcher goes on to execute. `likely`: most do, but only the program itself knows. */
export interface LaunchedCommand {
  readonly certainty: 'certain' | 'likely'
  readonly argv: readonly string[]
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh'])
/** A word that a shell takes as it stands. */
const PLAIN_WORD = /^[\w@%+:,./-]+$/
const ASSIGNMENT = /^\w+=/
/** Options of launchers that take a value of their own. */
const VALUE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  env: ['-u', '--unset', '-C', '--chdir'],
  tini: ['-p', '-e'],
  'docker-init': ['-p', '-e'],
  'dumb-init': ['-r', '--rewrite'],
  catatonit: [],
}

/**
 * What the program of a command line executes in its turn, where that is its purpose: `env`, an init, `gosu`, a shell
 * with `-c` or with a script that got arguments (`docker-entrypoint.sh nginx`). Undefined for everything else.
 */
export function launchedCommand(argv: readonly string[]): LaunchedCommand | undefined {
  const name = nameOf(argv[0] ?? '').replace(/-static$/, '')
  const rest = argv.slice(1)
  if (name in VALUE_OPTIONS) return certainly(afterOptions(rest, VALUE_OPTIONS[name] ?? []))
  if (name === 'gosu' || name === 'su-exec') return certainly(rest.slice(1))
  return SHELLS.has(name) ? likelyOfShell(rest) : undefined
}

function certainly(argv: readonly string[]): LaunchedCommand | undefined {
  return argv.length === 0 ? undefined : { certainty: 'certain', argv }
}

/** The words after options and assignments; `env -S` carries the whole line in one word. */
function afterOptions(words: readonly string[], valueOptions: readonly string[]): readonly string[] {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const split = /^(?:-\w*S|--split-string=)\s*(.*)$/s.exec(word)?.[1]
    if (split !== undefined) {
      const line = split === '' ? (words[++at] ?? '') : split
      return afterOptions([...line.split(/[ \t]+/).filter(Boolean), ...words.slice(at + 1)], valueOptions)
    }
    if (word === '--') return afterAssignments(words.slice(at + 1))
    if (valueOptions.includes(word)) at++
    else if (!word.startsWith('-')) return afterAssignments(words.slice(at))
  }
  return []
}

function afterAssignments(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !ASSIGNMENT.test(word))
  return first < 0 ? [] : words.slice(first)
}

function likelyOfShell(words: readonly string[]): LaunchedCommand | undefined {
  const operand = words.findIndex((word) => !/^[-+]\w/.test(word))
  if (operand < 0) return undefined
  const isLine = words.slice(0, operand).some((option) => /^-\w*c/.test(option))
  const argv = isLine ? firstCommand(words[operand] ?? '') : words.slice(operand + 1)
  return PLAIN_WORD.test(argv[0] ?? '') && !argv[0]?.startsWith('-')
    ? { certainty: 'likely', argv }
    : undefined
}

/** `exec FOO=1 /app --x && …` → `/app --x`. Anything a shell would expand ends the words. */
function firstCommand(line: string): readonly string[] {
  const words = line.trim().split(/\s+/)
  const command = afterAssignments(words[0] === 'exec' ? words.slice(1) : words)
  const end = command.findIndex((word) => !PLAIN_WORD.test(word))
  return end < 0 ? command : command.slice(0, end)
}
