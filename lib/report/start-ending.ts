import { type Ending, ending } from './ending.ts'
import type { Execution, OutcomeFacts } from './outcome-facts.ts'

/**
 * Why a program never ran. What the runtime says is ambiguous (“no such file” is a missing program, a missing loader or
 * a missing emulator), so the look at the file system decides: what is wrong there is the image's fault, and where
 * nothing is wrong the engine lacks something.
 */
export function startEnding(failure: NonNullable<Execution['startFailure']>, facts: OutcomeFacts): Ending {
  const message = failure.message || undefined
  if (failure.kind === 'no-user') return ending('failed', 'no-such-user', { message })
  const fault = imageFault(facts)
  if (fault) return ending('failed', fault.reason, { ...fault.evidence, message })
  switch (failure.kind) {
    case 'exec-format':
      return facts.mode === 'native'
        ? ending('failed', 'exec-format', { message })
        : ending('inconclusive', 'no-emulator', { message })
    case 'not-found':
      return ending('inconclusive', facts.mode === 'native' ? 'start-refused' : 'no-emulator', { message })
    case 'not-executable':
      // All execute bits are not the user's own, and a directory on the way may be closed to it.
      return ending('failed', 'not-executable', { message })
    case 'other':
      return ending('inconclusive', 'start-refused', { message })
  }
}

/** What the image lacks, seen in its own file system. */
function imageFault({ resolution, binaries }: OutcomeFacts): Pick<Ending, 'reason' | 'evidence'> | undefined {
  switch (resolution.kind) {
    case 'found':
      return binaries === 'differ' ? { reason: 'exec-format', evidence: {} } : undefined
    case 'no-command':
      return { reason: 'no-command', evidence: {} }
    case 'not-found':
      return { reason: 'not-found', evidence: { path: resolution.command } }
    case 'not-executable':
      return { reason: 'not-executable', evidence: { path: resolution.path } }
    case 'missing-interpreter':
      return {
        reason: 'missing-interpreter',
        evidence: { path: resolution.path, interpreter: resolution.interpreter },
      }
    case 'missing-loader':
      return {
        reason: 'missing-loader',
        evidence: { path: resolution.path, interpreter: resolution.interpreter },
      }
    case 'loop':
      return { reason: 'link-loop', evidence: { path: resolution.path } }
    case 'not-elf':
      return { reason: 'exec-format', evidence: { path: resolution.path } }
  }
}
