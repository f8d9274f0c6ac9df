import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { buildRunImage } from '#e2e/lab/run-images/run-image.ts'
import type { RunDto } from '#lib/api/runs.ts'
import type { EngineWorld } from './engine-world.ts'
import type { RunBody } from './run-api.ts'

/** The platforms of every run of a storm: one native, one emulated. */
export const STORM_PLATFORMS = ['linux/amd64', 'linux/ppc64le'] as const

type StormJob = RunDto['jobs'][number]

/** One kind of run in a storm: how it is asked for, and what a job of it that passed must show. */
export interface StormKind {
  readonly name: string
  ask(random: () => number): Promise<Omit<RunBody, 'platforms'>>
  /** What is missing of a job that passed; undefined when it is whole. */
  missing(run: RunDto, job: StormJob): string | undefined
}

/** Where images lie that have to leave the engine again. */
export const LEAVING_REPOSITORY = 'lab/leaving'

/** Programs write a line every 50 ms, for half a second to three: a kill hits all that a job does. */
const LINES = { least: 10, most: 60 }
const STAY_MS = { least: 500, most: 2_500 }
const FILE_TEXT = 'of the storm\n'

/** All kinds: with everything that Archway makes on an engine — containers, helpers, images with files, pulled images. */
export function stormKinds({ images, lab }: EngineWorld): readonly StormKind[] {
  const image = (name: keyof typeof images.tags) => `${images.reference}:${name}`
  let pushed = 0

  /** An image that no other run has, so that its leaving is this run's alone. */
  async function pushLeaving(): Promise<string> {
    const own = buildLayer([{ path: 'own', content: `image ${++pushed} of the storm` }])
    const children = (['amd64', 'ppc64le'] as const).map((architecture) => {
      const { layers } = buildRunImage('both', architecture)
      return buildImage({
        architecture,
        layers: [...layers, own],
        config: { Entrypoint: ['/behave', 'both'] },
      })
    })
    const repository = openRepository(lab.registry('open'), LEAVING_REPOSITORY)
    await repository.push(buildIndex({ children }), `v${pushed}`)
    return repository.registry.reference(LEAVING_REPOSITORY, `v${pushed}`)
  }

  return [
    {
      name: 'program',
      ask: async (random) => ({
        ref: image('count'),
        profile: { entrypoint: ['/behave', 'count', String(between(LINES, random))] },
      }),
      missing: ({ profile }, { execution }) => {
        const lines = Number(profile.entrypoint?.at(-1))
        const whole = Array.from({ length: lines }, (_, at) => `line ${at + 1}\n`).join('')
        return execution?.output === whole ? undefined : 'its whole output'
      },
    },
    {
      name: 'service',
      ask: async (random) => ({
        ref: image('serve'),
        profile: { service: { port: 8080, path: '/up', afterMs: between(STAY_MS, random) } },
      }),
      missing: (_, { execution }) =>
        execution?.service?.port?.status === 200 ? undefined : 'the answer of its port',
    },
    {
      name: 'processors',
      ask: async () => ({
        ref: image('count'),
        profile: { entrypoint: ['/behave', 'count', '5'], cpuFloor: true },
      }),
      missing: (_, { platform, cpuFloor }) => {
        const isWhole =
          platform === 'linux/amd64'
            ? cpuFloor?.unlooked === 'native'
            : cpuFloor?.runs.length === 3 && cpuFloor.runs.every(({ ending, refused }) => ending ?? refused)
        return isWhole ? undefined : 'its processors'
      },
    },
    {
      name: 'files',
      ask: async () => ({ ref: image('prints'), profile: { files: { '/etc/app/config': FILE_TEXT } } }),
      missing: (_, { execution }) => (execution?.output === FILE_TEXT ? undefined : 'its file'),
    },
    {
      name: 'leaving',
      ask: async () => ({ ref: await pushLeaving(), removeImages: true }),
      missing: (_, { execution }) => (execution?.output.includes('out 2') ? undefined : 'its output'),
    },
  ]
}

function between({ least, most }: { readonly least: number; readonly most: number }, random: () => number) {
  return Math.round(least + random() * (most - least))
}
