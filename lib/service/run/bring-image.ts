import type { EngineImageHandle, PullProgress } from '#lib/engine/engine.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { imageLoadRequest } from '../image-load-request.ts'
import type { ReadImage } from '../read-image.ts'
import type { ChosenSeat } from './choose-seat.ts'
import type { PlannedJob, RunPlan } from './plan-run.ts'
import type { RunContext } from './run-context.ts'

/** An image of the plan that was read to its config. */
export type ReadableImage = ReadImage & Required<Pick<ReadImage, 'manifest' | 'config'>>

/** What bringing an image may be told. */
export interface BringOptions {
  readonly onProgress: (progress: PullProgress) => void
  /** Waited for before the engine is given an image that it lacks, with the name it will have. */
  readonly onAbsent: ((image: string) => Promise<void>) | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Brings a job's image into the engine: pulled by the digest of its own manifest with Archway's login, or loaded out
 * of a layout. Throws what the engine and the source throw.
 */
export async function bringImage(
  context: RunContext,
  { repository }: RunPlan,
  { wanted }: PlannedJob,
  image: ReadableImage,
  { seat }: ChosenSeat,
  options: BringOptions,
): Promise<EngineImageHandle> {
  const { signal, onAbsent } = options
  if (repository.kind === 'layout') {
    const request = imageLoadRequest(context.openSource(repository), image.manifest, { signal })
    return seat.engine.load(request, { signal, onAbsent })
  }
  const credential = await context.credentialFor(repository)
  if (signal?.aborted) throw new AppError('cancelled', 'The work was cancelled.')
  const { layers } = image.manifest
  return seat.engine.pull({ repository, digest: image.digest, platform: wanted, credential, layers }, options)
}

/** Whether manifest and config of an image were read. */
export function isReadable(image: ReadImage): image is ReadableImage {
  return image.manifest !== undefined && image.config !== undefined
}
