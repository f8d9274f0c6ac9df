import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { createDockerEngine } from './docker/docker-engine.ts'
import type { Engine } from './engine.ts'
import { type EngineAddress, formatEngineAddress } from './engine-address.ts'
import { type EngineSurroundings, type FoundEngine, findEngines } from './find-engines.ts'

/** An engine under the name that people know it by. Whether it is there, nobody has asked yet. */
export interface NamedEngine {
  /** Unique within a process. */
  readonly name: string
  /** `archway.yaml`, `DOCKER_HOST`, or the path of a socket. */
  readonly foundBy: string
  readonly engine: Engine
  /** Canonical texts of the platforms it may be given; without it every one that it can run. */
  readonly platforms?: readonly string[] | undefined
}

/** Which engines to use, as the configuration decides. */
export interface EnginesWanted {
  /** Those that `archway.yaml` names, in its order; undefined when it says nothing of engines. */
  readonly engines?:
    | readonly {
        readonly name: string
        readonly address: EngineAddress
        readonly platforms?: readonly string[]
      }[]
    | undefined
  /** Whether this machine's own are looked for. */
  readonly discover: boolean
}

/** The engines of a process, and why some that were meant to be there are not among them. */
export interface OpenedEngines {
  readonly engines: readonly NamedEngine[]
  readonly problems: readonly AppError[]
}

/**
 * Named engines first, then what is found on this machine, each once. Engines that are `known` from an earlier look are
 * taken over, also when their socket has gone since. Opens no connection. Never throws.
 */
export function openEngines(
  wanted: EnginesWanted,
  surroundings: EngineSurroundings,
  known: readonly NamedEngine[] = [],
): OpenedEngines {
  const named = (wanted.engines ?? []).map((each) => ({ ...each, foundBy: 'archway.yaml' }))
  const { found, problem } = wanted.discover ? tryFind(surroundings) : { found: [] }
  const taken = new Set(named.map(({ address }) => formatEngineAddress(address)))
  const discovered = found
    .filter(({ address }) => !taken.has(formatEngineAddress(address)))
    .map((each) => ({ ...each, name: each.foundBy, platforms: undefined }))
  const engines = [...named, ...discovered].map(
    ({ name, foundBy, address, platforms }) =>
      known.find((each) => each.name === name) ?? {
        name,
        foundBy,
        engine: createDockerEngine(address),
        platforms,
      },
  )
  const all = [...engines, ...known.filter((each) => !engines.includes(each))]
  if (problem) return { engines: all, problems: [problem] }
  return { engines: all, problems: all.length === 0 ? [noEngine(wanted)] : [] }
}

function tryFind(surroundings: EngineSurroundings): {
  readonly found: readonly FoundEngine[]
  readonly problem?: AppError
} {
  try {
    return { found: findEngines(surroundings) }
  } catch (error) {
    return { found: [], problem: toAppError(error) }
  }
}

function noEngine({ discover }: EnginesWanted): AppError {
  if (!discover) {
    return new AppError('engine_unavailable', 'archway.yaml lists engines, and none that is enabled.', {
      hint: 'Add one, or write “discover: true” so that those of this machine are found.',
    })
  }
  return new AppError(
    'engine_unavailable',
    'Docker and Podman were looked for at DOCKER_HOST and at their usual sockets, and none is there.',
    {
      hint: 'Start Docker or Podman (podman system service), point DOCKER_HOST to an engine, or name one in archway.yaml.',
    },
  )
}
