import { removeQuietly } from './remove-quietly.ts'
import type { EngineSeat } from './run-context.ts'

/** Images that a run brings into engines to leave them again: what is owed is kept until it is done. */
export interface LeavingImages {
  /** Waited for before the engine, by its name, is given an image that it lacks. */
  note(platform: string, engine: string, image: string): Promise<void>
  /** Whether a job brought the image there to leave again: this one before a stop, or another that found it in use. */
  isOwed(engine: string, image: string): Promise<boolean>
  /** It has left. */
  settle(engine: string, image: string): Promise<void>
}

/** An image in an engine, when its job is over. */
export interface LeavingImage {
  /** The job has brought it, and nobody was to know. */
  readonly isOurs: boolean
  readonly image: string
  /** The name by which it is owed. */
  readonly owedAs: string
}

/**
 * Takes an image out of its engine if it was brought there to leave. What is in use, or an engine that is gone, keeps it
 * owed: it goes when that engine is next met. Never rejects.
 */
export async function letImageLeave(
  { engine, name, missed }: Pick<EngineSeat, 'engine' | 'name' | 'missed'>,
  { isOurs, image, owedAs }: LeavingImage,
  leaving: LeavingImages | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const leave = async () => {
    if (!isOurs && !(await leaving?.isOwed(name, owedAs))) return
    if (await engine.removeImage(image)) await leaving?.settle(name, owedAs)
  }
  await removeQuietly(leave, signal, () => missed?.())
}
