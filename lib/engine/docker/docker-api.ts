import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import type { EngineAddress } from '../engine-address.ts'
import { abortError, wrongAnswer } from './connection-error.ts'
import {
  createEngineHttp,
  type EngineAnswer,
  type EngineHttp,
  type EngineRequest,
  type EngineResponse,
} from './engine-http.ts'
import { API_VERSIONS, ENGINE_TIMES } from './limits.ts'

/** The times of `limits.ts`, which tests shorten. */
export type EngineTimes = { readonly [name in keyof typeof ENGINE_TIMES]: number }

/** What an engine says of its versions, `GET /version`. */
export interface EngineVersion {
  readonly isPodman: boolean
  readonly version: string
  /** The API version that both sides speak. */
  readonly apiVersion: string
  readonly os: string
  readonly architecture: string
  readonly kernel: string
}

/** The Engine API of one engine, in the version that both sides speak. Every call of the adapter goes through here. */
export interface DockerApi {
  readonly address: string
  readonly times: EngineTimes
  /** Asked once, and again after the engine was away: it may have been upgraded. */
  version(signal?: AbortSignal): Promise<EngineVersion>
  open(request: EngineRequest): Promise<EngineResponse>
  ask(request: EngineRequest): Promise<EngineAnswer>
  close(): Promise<void>
}

const versionSchema = z.object({
  Version: z.string(),
  ApiVersion: z.string().regex(/^\d+\.\d+$/),
  MinAPIVersion: z.string().optional(),
  Os: z.string().default('linux'),
  Arch: z.string(),
  KernelVersion: z.string().default(''),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
})

/** Opens nothing before the first call. */
export function createDockerApi(address: EngineAddress, times: Partial<EngineTimes> = {}): DockerApi {
  const http = createEngineHttp(address)
  const allTimes = { ...ENGINE_TIMES, ...times }
  let known: Promise<EngineVersion> | undefined

  /** Shared by all calls, so it must not end with the first caller's signal. */
  function version(): Promise<EngineVersion> {
    known ??= askVersion(http, allTimes).catch((error) => {
      known = undefined
      throw error
    })
    return known
  }

  async function versioned<T>(
    request: EngineRequest,
    send: (request: EngineRequest) => Promise<T>,
  ): Promise<T> {
    const { apiVersion } = await version()
    if (request.signal?.aborted) throw abortError(request.signal)
    try {
      return await send({ ...request, path: `/v${apiVersion}${request.path}` })
    } catch (error) {
      if (error instanceof AppError && error.code === 'engine_unavailable') known = undefined
      throw error
    }
  }

  return {
    address: http.address,
    times: allTimes,
    version,
    open: (request) => versioned(request, http.open),
    ask: (request) => versioned(request, http.ask),
    close: http.close,
  }
}

async function askVersion(http: EngineHttp, times: EngineTimes): Promise<EngineVersion> {
  const answer = await http.ask({
    method: 'GET',
    path: '/version',
    headersMs: times.askMs,
    idleMs: times.askMs,
  })
  const parsed = versionSchema.safeParse(answer.json)
  if (answer.status !== 200 || !parsed.success) {
    throw wrongAnswer(http.address, `${answer.status} to /version, and not what an engine says`, parsed.error)
  }
  const said = parsed.data
  const apiVersion = negotiate(http.address, said.ApiVersion, said.MinAPIVersion ?? API_VERSIONS.oldest)
  return {
    isPodman: (said.Components ?? []).some((component) => component.Name === 'Podman Engine'),
    version: said.Version,
    apiVersion,
    os: said.Os,
    architecture: said.Arch,
    kernel: said.KernelVersion,
  }
}

/** The newest version that both sides know. Throws `engine_refused` when there is none. */
function negotiate(address: string, newest: string, oldest: string): string {
  if (isOlder(newest, API_VERSIONS.oldest)) {
    throw new AppError('engine_refused', `The engine at ${address} is too old: it speaks API ${newest}.`, {
      hint: `Archway needs API ${API_VERSIONS.oldest}: Docker 20.10 or Podman 4, or later.`,
    })
  }
  if (isOlder(API_VERSIONS.newest, oldest)) {
    throw new AppError('engine_refused', `The engine at ${address} speaks API ${oldest} and later only.`, {
      hint: `This Archway knows the API up to ${API_VERSIONS.newest}: take a newer one.`,
    })
  }
  return isOlder(newest, API_VERSIONS.newest) ? newest : API_VERSIONS.newest
}

function isOlder(a: string, b: string): boolean {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number)
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number)
  return aMajor < bMajor || (aMajor === bMajor && aMinor < bMinor)
}
