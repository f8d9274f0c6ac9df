import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'

/** An engine as `archway.yaml` states it. */
export interface StatedEngine {
  readonly name: string
  /** `unix:///var/run/docker.sock`, `tcp://build.example:2376`. */
  readonly address: string
  /** Paths of PEM files, as written. */
  readonly tls?: {
    readonly ca?: string | undefined
    readonly cert?: string | undefined
    readonly key?: string | undefined
  }
  /** Canonical texts of the platforms it may be given; without it every one that it can run. */
  readonly platforms?: readonly string[]
  readonly enabled: boolean
}

/** What `archway.yaml` can say. */
export interface ArchwayConfig {
  /** Without it engines are found by themselves. */
  readonly engines?: readonly StatedEngine[]
  /** Engines are found by themselves beside those that are stated. */
  readonly discover: boolean
}

/** Keys that later versions will know; until then nobody should believe that they do something. */
export const PLANNED_KEYS: readonly string[] = ['require', 'exceptions', 'profiles']

/** What is shown beside `name` may be a socket's path or this; a stated engine must not look like one. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,63}$/

const tls = z.strictObject({ ca: path(), cert: path(), key: path() })

const engine = z
  .strictObject({
    name: z
      .string()
      .regex(
        NAME,
        'must be 1 to 64 letters, digits, spaces, dots, dashes or underscores, and begin with a letter or digit',
      )
      .refine((name) => name !== 'DOCKER_HOST', 'must not be DOCKER_HOST, which names an engine already'),
    address: z.string().min(1, 'must not be empty'),
    tls: tls.optional(),
    platforms: z.array(platform()).min(1, 'must name a platform, or be left out').optional(),
    enabled: z.boolean().default(true),
  })
  .superRefine(({ address, tls: files }, context) => {
    if (files === undefined) return
    if (address.startsWith('unix:'))
      context.addIssue({ code: 'custom', path: ['tls'], message: 'has no meaning for a socket (unix://)' })
    if ((files.cert === undefined) !== (files.key === undefined))
      context.addIssue({ code: 'custom', path: ['tls'], message: 'must have “cert” and “key” together' })
  })

/** The whole file. Messages continue the place they are about. */
export const configSchema = z.strictObject({
  engines: z
    .array(engine)
    .max(100, 'must not list more than 100 engines')
    .superRefine((engines, context) => {
      for (const [at, { name }] of engines.entries()) {
        if (engines.findIndex((other) => other.name === name) === at) continue
        context.addIssue({ code: 'custom', path: [at, 'name'], message: `“${name}” is given twice` })
      }
    })
    .optional(),
  discover: z.boolean().default(false),
})

function path() {
  return z.string().min(1, 'must not be empty').optional()
}

function platform() {
  return z.string().transform((text, context) => {
    try {
      return platformText(parsePlatform(text))
    } catch (error) {
      const message = error instanceof AppError ? (error.hint ?? error.message) : 'is no platform'
      context.addIssue({ code: 'custom', message: `is no platform (“${text.slice(0, 100)}”): ${message}` })
      return z.NEVER
    }
  })
}
