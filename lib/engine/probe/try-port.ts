import { AppError } from '#lib/errors/app-error.ts'
import { type ContainerSpec, DEFAULT_LIMITS, type Lease } from '../container-spec.ts'
import type { Engine, EngineCallOptions, EngineInfo } from '../engine.ts'
import { parseListening } from './listening.ts'
import { portImage } from './port-image.ts'

/** What is asked of a port. */
export interface PortQuestion {
  readonly port: number
  /** Asked for with an HTTP GET, and answered by 2xx or 3xx; without it an accepted connection is an answer. */
  readonly path?: string | undefined
  /** The port is tried for so long. */
  readonly limitMs: number
}

/** What came of it. */
export interface PortAnswer {
  readonly answered: boolean
  /** Of the answer; or of the last one that did not count. */
  readonly status?: number | undefined
  /** Where it answered: `127.0.0.1` or `::1`. */
  readonly address?: string | undefined
  /** Where something listened at the end, `0.0.0.0:8080`, a few at most. */
  readonly listening: readonly string[]
}

const LIMITS = { ...DEFAULT_LIMITS, memoryBytes: 32 * 1_048_576, pids: 8 }
/** The helper ends by itself; a busy machine takes seconds to start and end anything. */
const MARGIN_MS = 15_000
const OUTPUT_MAX_BYTES = 16_384
const LISTENING_MAX = 8

/**
 * The specification of the helper that tries a port: a container of Archway’s own in the network of the one under test,
 * which therefore needs no network and publishes nothing. It runs natively whatever runs beside it. Loads its image into
 * the engine, where it stays, some 3 kB. Throws what the engine throws, `engine_refused` for a machine that Archway
 * brings no helper for.
 */
export async function portProbeSpec(
  engine: Engine,
  info: EngineInfo,
  { container, lease, ...question }: PortQuestion & { readonly container: string; readonly lease: Lease },
  options: EngineCallOptions = {},
): Promise<ContainerSpec> {
  const image = portImage(info.architecture)
  if (image === undefined) {
    throw new AppError('engine_refused', `Archway brings nothing that tries ports on ${info.architecture}.`)
  }
  const loaded = await engine.load(image, options)
  return {
    image: loaded.image,
    platform: { os: 'linux', architecture: info.architecture },
    command: [
      String(question.port),
      String(question.limitMs),
      ...(question.path === undefined ? [] : [question.path]),
    ],
    network: { joins: container },
    limits: LIMITS,
    lease,
  }
}

/** How the helper is run. */
export interface PortProbeOptions extends EngineCallOptions {
  readonly limitMs: number
  /** Called at the moment of the answer, or when the time is up. */
  readonly onTold: () => void
}

/** Starts the helper and stays until the port answers or its time is up. Throws what the engine throws. */
export async function runPortProbe(
  engine: Engine,
  info: EngineInfo,
  helper: string,
  { limitMs, onTold, signal }: PortProbeOptions,
): Promise<PortAnswer> {
  const output: Uint8Array[] = []
  const outcome = await engine.run(helper, {
    onOutput: ({ bytes }) => {
      if (output.push(bytes) === 1) onTold()
    },
    outputMaxBytes: OUTPUT_MAX_BYTES,
    timeoutMs: limitMs + MARGIN_MS,
    signal,
  })
  const answer = parsePortAnswer(Buffer.concat(output).toString('latin1'), info.architecture)
  if (answer !== undefined) return answer
  const why = outcome.startFailure?.message ?? `exit code ${outcome.exitCode}`
  throw new AppError(
    'engine_refused',
    `What tries ports did not work on the engine at ${engine.address}: ${why}`,
  )
}

/** What the helper wrote, see samples/port-probe/probe.c. Undefined when it is something else. */
export function parsePortAnswer(text: string, architecture: string): PortAnswer | undefined {
  const [first = '', ...rest] = text.split('\n')
  const match = /^(?:(answered) (127\.0\.0\.1|::1)|silent)(?: (\d{3}))?$/.exec(first)
  if (match === null) return undefined
  const [, answered, address, status] = match
  const places = rest.flatMap((line) => {
    const place = line.startsWith('listening ')
      ? parseListening(line.slice('listening '.length), architecture)
      : undefined
    return place === undefined ? [] : [place]
  })
  return {
    answered: answered !== undefined,
    ...(address === undefined ? {} : { address }),
    ...(status === undefined ? {} : { status: Number(status) }),
    listening: [...new Set(places)].slice(0, LISTENING_MAX),
  }
}
