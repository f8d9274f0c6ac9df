import type { StoredContext } from '../context.ts'
import type { RunContext } from './run-context.ts'
import type { RunDesk } from './run-desk.ts'

/** What the verbs about runs need: everything, and the runs that go on. */
export interface DeskContext extends RunContext, StoredContext {
  readonly store: StoredContext['store']
  readonly desk: RunDesk
}
