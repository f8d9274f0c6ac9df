import { z } from 'zod'
import { canonicalPlatform } from '#lib/oci/platform.ts'
import type { EngineCallOptions, EngineImage, HealthCheck } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { refusal } from './refusal.ts'

const imageSchema = z.object({
  Id: z.string(),
  Os: z.string().default(''),
  Architecture: z.string().default(''),
  Variant: z.string().nullish(),
  Size: z.number().default(0),
  Config: z
    .object({
      Volumes: z.record(z.string(), z.unknown()).nullish(),
      Healthcheck: z
        .object({
          Test: z.array(z.string()).nullish(),
          Interval: z.number().nullish(),
          StartPeriod: z.number().nullish(),
          Retries: z.number().nullish(),
        })
        .nullish(),
    })
    .nullish(),
})

/** `GET /images/NAME/json`. Undefined when the engine has no such image. */
export async function inspectImage(
  api: DockerApi,
  image: string,
  options: EngineCallOptions = {},
): Promise<EngineImage | undefined> {
  const { askMs } = api.times
  const path = `/images/${encodeImage(image)}/json`
  const answer = await api.ask({
    method: 'GET',
    path,
    headersMs: askMs,
    idleMs: askMs,
    signal: options.signal,
  })
  if (answer.status === 404) return undefined
  if (answer.status !== 200) throw refusal(api, `describe the image ${image}`, answer)
  const parsed = imageSchema.safeParse(answer.json)
  if (!parsed.success)
    throw wrongAnswer(api.address, 'something else than an image’s description', parsed.error)
  const { Id, Os, Architecture, Variant, Size, Config } = parsed.data
  return {
    id: withAlgorithm(Id),
    platform: canonicalPlatform({ os: Os, architecture: Architecture, ...(Variant && { variant: Variant }) }),
    sizeBytes: Size,
    volumes: Object.keys(Config?.Volumes ?? {}),
    health: healthCheck(Config?.Healthcheck),
  }
}

/** Times are in nanoseconds; what is 0 or absent is the engine's usual. */
function healthCheck(
  check: NonNullable<z.infer<typeof imageSchema>['Config']>['Healthcheck'],
): HealthCheck | undefined {
  const test = check?.Test ?? []
  if (!check || test.length === 0 || test[0] === 'NONE') return undefined
  return {
    test,
    intervalMs: (check.Interval || 30e9) / 1e6,
    startPeriodMs: (check.StartPeriod ?? 0) / 1e6,
    retries: check.Retries || 3,
  }
}

/** An image's name within a path: its slashes stay. */
export function encodeImage(image: string): string {
  return encodeURI(image).replace(/[?#]/g, encodeURIComponent)
}

/** Podman leaves `sha256:` out. */
function withAlgorithm(id: string): string {
  return id.includes(':') ? id : `sha256:${id}`
}
