import type { Elf } from './elf.ts'
import {
  type CommandSearch,
  type FoundFile,
  findCommand,
  findFile,
  type SearchPlace,
} from './find-command.ts'
import { identifyProgram, type Program } from './identify-program.ts'
import { type Lookup, rememberLookups } from './image-entry.ts'
import { launchedCommand } from './launched-command.ts'

/** What starts a container, as its config or a profile says it. */
export interface StartCommand {
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  /** `NAME=value` */
  readonly env: readonly string[]
  readonly workingDir: string
}

/** A binary that executes when the container starts. */
export interface StartedProgram {
  /** Where it lies, links followed. */
  readonly path: string
  /** How it came to be executed: the entrypoint itself, a script's interpreter, or what a launcher starts. */
  readonly role: 'entrypoint' | 'interpreter' | 'launched'
  readonly elf: Elf
  /** The loader it names, when that is in the image. */
  readonly loader?: { readonly path: string; readonly elf?: Elf }
}

/** What the entrypoint comes down to. `chain`: every path passed, links and scripts included, in order. */
export type EntrypointResolution = {
  readonly chain: readonly string[]
} /** Every binary on the way, the one that stays last. */ & (
  | { readonly kind: 'found'; readonly programs: readonly StartedProgram[] }
  | { readonly kind: 'no-command' }
  | { readonly kind: 'not-found'; readonly command: string; readonly searched: readonly string[] }
  | { readonly kind: 'not-executable'; readonly path: string; readonly reason: 'permission' | 'no-file' }
  | { readonly kind: 'missing-interpreter'; readonly path: string; readonly interpreter: string }
  | {
      readonly kind: 'missing-loader'
      readonly path: string
      readonly interpreter: string
      readonly elf: Elf
      readonly programs: readonly StartedProgram[]
    }
  | { readonly kind: 'loop'; readonly path: string }
  | { readonly kind: 'not-elf'; readonly path: string; readonly program: NotElf }
)

/** What the end of the chain is instead of an ELF file. */
export type NotElf = Exclude<Program, { kind: 'elf' | 'script' }>

/** What Docker gives a container whose image sets no PATH. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Linux follows this many `#!` lines. */
const SCRIPT_LIMIT = 5
const LAUNCH_LIMIT = 5

interface Walk {
  readonly place: SearchPlace
  readonly chain: string[]
  readonly programs: StartedProgram[]
}

/**
 * Finds the binaries that run when a container starts: through PATH, links, `#!` lines, loaders, and the launchers
 * that `launchedCommand` knows. What is only likely to be launched is added when it is there, and never missed.
 */
export async function resolveEntrypoint(
  lookup: Lookup,
  command: StartCommand,
): Promise<EntrypointResolution> {
  const argv = [...command.entrypoint, ...command.cmd]
  if (!argv[0]) return { kind: 'no-command', chain: [] }
  const place: SearchPlace = {
    lookup: rememberLookups(lookup),
    workingDir: command.workingDir.startsWith('/') ? command.workingDir : `/${command.workingDir}`,
    path: searchPathOf(command.env),
  }
  const walk: Walk = { place, chain: [], programs: [] }
  return resolveArgv(walk, argv, 'entrypoint', 0)
}

/** The folders that commands are looked for in. */
export function searchPathOf(env: readonly string[]): readonly string[] {
  const stated = env.findLast((entry) => entry.startsWith('PATH='))?.slice('PATH='.length)
  return (stated || DEFAULT_PATH).split(':')
}

async function resolveArgv(
  walk: Walk,
  argv: readonly string[],
  role: StartedProgram['role'],
  launches: number,
): Promise<EntrypointResolution> {
  const search = await findCommand(walk.place, argv[0] ?? '')
  if (search.kind !== 'found') return unfound(walk, search)
  return resolveFile(walk, search.found, argv, role, launches)
}

async function resolveFile(
  walk: Walk,
  start: FoundFile,
  startArgv: readonly string[],
  startRole: StartedProgram['role'],
  launches: number,
): Promise<EntrypointResolution> {
  const { chain } = walk
  let found = start
  let argv = startArgv
  let role = startRole
  for (let scripts = 0; scripts <= SCRIPT_LIMIT; scripts++) {
    chain.push(...found.links, found.path)
    const program = programOf(found)
    if (program.kind === 'elf') {
      return (await addProgram(walk, found.path, role, program.elf)) ?? launch(walk, argv, launches)
    }
    if (program.kind !== 'script') return { kind: 'not-elf', path: found.path, program, chain }
    const { interpreter, argument } = program
    const search = await findFile(walk.place, interpreter)
    if (search.kind === 'not-found')
      return { kind: 'missing-interpreter', path: found.path, interpreter, chain }
    if (search.kind !== 'found') return unfound(walk, search)
    argv = [interpreter, ...(argument ? [argument] : []), found.named, ...argv.slice(1)]
    role = 'interpreter'
    found = search.found
  }
  return { kind: 'loop', path: start.path, chain }
}

function programOf({ file }: FoundFile): Program {
  return file.program ?? identifyProgram(file.head)
}

/** Adds a binary with its loader; answers what is wrong when the loader is not there. */
async function addProgram(
  { place, chain, programs }: Walk,
  path: string,
  role: StartedProgram['role'],
  elf: Elf,
): Promise<EntrypointResolution | undefined> {
  if (elf.linkage.kind !== 'dynamic') {
    programs.push({ path, role, elf })
    return undefined
  }
  const { interpreter } = elf.linkage
  const search = await findFile(place, interpreter)
  if (search.kind !== 'found') return { kind: 'missing-loader', path, interpreter, elf, programs, chain }
  const loader = programOf(search.found)
  const own = loader.kind === 'elf' ? { elf: loader.elf } : {}
  programs.push({ path, role, elf, loader: { path: search.found.path, ...own } })
  return undefined
}

/** Goes on with what the program at the end of the chain launches, if it does. */
async function launch(walk: Walk, argv: readonly string[], launches: number): Promise<EntrypointResolution> {
  const here: EntrypointResolution = { kind: 'found', programs: walk.programs, chain: walk.chain }
  const next = launches < LAUNCH_LIMIT ? launchedCommand(argv) : undefined
  if (next === undefined) return here
  if (next.certainty === 'certain') return resolveArgv(walk, next.argv, 'launched', launches + 1)
  const trial: Walk = { ...walk, chain: [...walk.chain], programs: [...walk.programs] }
  const guess = await resolveArgv(trial, next.argv, 'launched', launches + 1)
  return guess.kind === 'found' ? guess : here
}

function unfound({ chain }: Walk, search: Exclude<CommandSearch, { kind: 'found' }>): EntrypointResolution {
  return { ...search, chain }
}
