import { buildImage, type ImageSpec } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { buildLayer } from '#e2e/lab/layer.ts'
import type { ImageEntry } from '#lib/image/image-entry.ts'
import { elfShapes } from '#lib/image/testing/build-elf.ts'
import { program } from '#lib/image/testing/memory-image.ts'
import type { Report } from '#lib/report/model.ts'
import type { JobOptions } from '../run/execute-job.ts'
import type { RunRequest } from '../run/plan-run.ts'
import type { EngineSeat, RunContext } from '../run/run-context.ts'
import type { RunEvent } from '../run/run-events.ts'
import { runImage } from '../run/run-image.ts'
import { FakeEngine, type FakeRun } from './fake-engine.ts'
import { memoryContext } from './memory-context.ts'

/** The architectures whose binaries the fake images can hold. */
export type Architecture = keyof typeof elfShapes

/** One platform of a fake image, healthy unless something else is said. */
export interface FakePlatform {
  readonly architecture?: Architecture
  /** What its `/app` really is. */
  readonly binary?: Architecture
  /** In place of `/app`. */
  readonly files?: Readonly<Record<string, ImageEntry>>
  readonly runs?: readonly FakeRun[]
  readonly spec?: ImageSpec
  /** What the engine says it is. */
  readonly engineArchitecture?: string
  /** The engine has it before anybody pulls it. */
  readonly present?: boolean
}

/** A registry with one image and one engine, amd64 with emulators for arm64, ppc64le and s390x. */
export class RunWorld {
  readonly engine = new FakeEngine()
  readonly memory = memoryContext()
  readonly events: RunEvent[] = []
  seats: EngineSeat[] = [
    {
      name: 'fake',
      engine: this.engine,
      info: this.engine.about,
      platforms: [
        { platform: 'linux/amd64', mode: 'native' },
        { platform: 'linux/arm64', mode: 'emulated' },
        { platform: 'linux/ppc64le', mode: 'emulated' },
        { platform: 'linux/s390x', mode: 'cannot', reason: 'No emulator for s390x is registered.' },
      ],
    },
  ]
  /** Containers that could not be removed. */
  readonly left: string[] = []
  private count = 0

  get context(): RunContext {
    return {
      ...this.memory.context,
      listEngines: async () => ({ seats: this.seats, problems: [] }),
      noteLeft: (_, container) => void this.left.push(container),
      credentialFor: async () => ({ kind: 'anonymous' }),
      instance: 'test',
      version: '0.0.0',
      jobsAtOnce: 4,
    }
  }

  /** An image of these platforms in registry and engine, under the tag `latest`; answers its digests in order. */
  put(...platforms: readonly FakePlatform[]): readonly string[] {
    const children = platforms.map((platform) => this.build(platform))
    this.memory.source.put(buildIndex({ children }), 'latest')
    return children.map((child) => child.digest)
  }

  private build(platform: FakePlatform) {
    const { architecture = 'ppc64le', binary = architecture } = platform
    const layer = buildLayer([{ path: `layer-${this.count++}` }])
    const image = buildImage({
      architecture,
      layers: [layer],
      ...platform.spec,
      config: { Entrypoint: ['/app'], ...platform.spec?.config },
    })
    this.engine.images.set(image.digest, {
      platform: { os: 'linux', architecture: platform.engineArchitecture ?? architecture },
      files: platform.files ?? { '/app': program(elfShapes[binary]) },
      runs: platform.runs ?? [{}],
      present: platform.present ?? false,
    })
    return image
  }

  /** Validates `latest`. Events are kept. */
  run(request: Partial<RunRequest> = {}, options: Partial<JobOptions> = {}): Promise<Report> {
    const emit = (event: RunEvent) => void this.events.push(event)
    return runImage(
      this.context,
      { ref: 'registry.test/lab/app', ...request },
      { runId: 'r1', emit, ...options },
    )
  }
}
