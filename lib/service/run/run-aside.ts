import type { ContainerSpec } from '#lib/engine/container-spec.ts'
import type { RunOutcome } from '#lib/engine/run-outcome.ts'
import { type AttemptSetting, createContainer, sandboxOf } from './attempt-run.ts'
import { OutputRecorder } from './output-recorder.ts'
import { removeQuietly } from './remove-quietly.ts'

/** What is started beside an image’s own run, and how much of it. */
export interface AsideSpec extends Pick<ContainerSpec, 'entrypoint' | 'command' | 'env'> {
  readonly timeoutMs: number
  readonly outputMaxBytes: number
}

/**
 * Runs something else of a job’s image in a fresh container of the job’s sandbox, which is gone when this returns. What it
 * writes is for the caller alone. Throws what the engine throws.
 */
export async function runAside(
  setting: AttemptSetting,
  { timeoutMs, outputMaxBytes, ...words }: AsideSpec,
): Promise<{ readonly outcome: RunOutcome; readonly recorder: OutputRecorder }> {
  const { chosen, signal, context } = setting
  const { engine } = chosen.seat
  const container = await createContainer(setting, { ...sandboxOf(setting, timeoutMs), ...words })
  const recorder = new OutputRecorder(() => {})
  try {
    const outcome = await engine.run(container.id, {
      onOutput: (chunk) => recorder.take(chunk),
      outputMaxBytes,
      timeoutMs,
      signal,
    })
    recorder.end()
    return { outcome, recorder }
  } finally {
    await removeQuietly(
      () => engine.remove(container.id),
      signal,
      () => context.noteLeft(engine, container.id),
    )
  }
}
