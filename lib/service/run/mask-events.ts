import { maskedValues } from '#lib/report/mask-env.ts'
import { MaskStream } from '#lib/report/mask-stream.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import type { EmitRunEvent, RunEvent } from './run-events.ts'

type OutputEvent = Extract<RunEvent, { type: 'output' }>

/** Events of one job, the values of its environment masked in what its program writes while it writes it. */
export function maskEvents(emit: EmitRunEvent, platform: string, env: RunProfile['env'] = {}): EmitRunEvent {
  const values = maskedValues(env)
  if (values.length === 0) return emit
  const streams = { stdout: new MaskStream(values), stderr: new MaskStream(values) }
  const tell = (stream: OutputEvent['stream'], text: string) => {
    if (text !== '') emit({ type: 'output', platform, stream, text })
  }
  return (event) => {
    if (event.type === 'output') return tell(event.stream, streams[event.stream].take(event.text))
    // A program that is over, or begins anew, writes no more of what it began.
    if (event.type === 'phase')
      for (const stream of ['stdout', 'stderr'] as const) tell(stream, streams[stream].end())
    emit(event)
  }
}
