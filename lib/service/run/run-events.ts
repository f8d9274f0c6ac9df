import type { Finding } from '#lib/checks/finding.ts'
import type { Report, ReportJob } from '#lib/report/model.ts'
import type { AnnouncedJob } from './plan-run.ts'

/** Where a job is. `finished` and `cancelled` are ends. */
export type JobPhase =
  | 'queued'
  | 'pulling'
  | 'preparing'
  | 'running'
  | 'cleaning-up'
  | 'finished'
  | 'cancelled'

/** What happens in a run, in order; enough to draw it live. Jobs are named by their platform. */
export type RunEvent =
  | {
      readonly type: 'planned'
      readonly reference: string
      readonly pinned: string
      readonly digest: string
      readonly kind: 'index' | 'image'
      readonly jobs: readonly AnnouncedJob[]
      readonly leftOut: readonly string[]
      readonly findings: readonly Finding[]
    }
  | {
      readonly type: 'phase'
      readonly platform: string
      readonly phase: JobPhase
      readonly engine?: string
      readonly mode?: 'native' | 'emulated'
      /** From 2 on: a crash of the emulator is tried again. */
      readonly attempt?: number
    }
  | {
      readonly type: 'progress'
      readonly platform: string
      readonly phase: 'downloading' | 'extracting'
      readonly doneBytes: number
      readonly totalBytes: number
    }
  | {
      readonly type: 'output'
      readonly platform: string
      readonly stream: 'stdout' | 'stderr'
      /** Foreign text: show it harmlessly. */
      readonly text: string
    }
  | { readonly type: 'job'; readonly job: ReportJob }
  | { readonly type: 'finished'; readonly report: Report }

/** Takes events as they happen. Must not throw and must return at once. */
export type EmitRunEvent = (event: RunEvent) => void
