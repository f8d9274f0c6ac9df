import type { Finding } from '#lib/checks/finding.ts'
import type { Ending } from '#lib/report/ending.ts'
import type { CpuFloor, LargePages, UnameAnswer } from '#lib/report/machine.ts'
import type {
  AcceptedFinding,
  ReportEngine,
  ReportExecution,
  ReportJob,
  ReportStep,
  ReportTest,
  ReportTruths,
} from '#lib/report/model.ts'
import { judgeRun } from '#lib/report/verdict.ts'
import type { AnnouncedJob } from './plan-run.ts'

/** What a job learns while it goes on; the report's job is made of it at the end. */
export class JobRecord {
  truths: ReportTruths = {}
  engine: ReportEngine | undefined
  execution: ReportExecution | undefined
  /** What repeating it on other processors has shown, and with larger pages. */
  cpuFloor: CpuFloor | undefined
  largePages: LargePages | undefined
  /** What the image’s own `uname` said. */
  uname: UnameAnswer | undefined
  /** How it ended under emulation, before it was run natively. */
  escalated: ReportJob['escalated']
  readonly steps: ReportStep[] = []
  /** Of the structure tests, as far as they are known. */
  readonly tests: ReportTest[] = []
  /** An emulator may be at fault for one of them. */
  hasSpoiltTests = false
  /** What the checks of its layers looked at, and what they could not. */
  looked: Pick<ReportJob, 'checked' | 'unjudged'> = {}
  private readonly announced: AnnouncedJob
  private readonly now: () => Date

  constructor(announced: AnnouncedJob, now: () => Date) {
    this.announced = announced
    this.now = now
  }

  /** Does a stretch of work and notes how long it took, also when it fails. */
  async step<T>(
    name: ReportStep['name'],
    work: () => Promise<T>,
    more: (result: T | undefined) => Partial<ReportStep> = () => ({}),
  ): Promise<T> {
    const startedAt = this.now()
    let result: T | undefined
    try {
      result = await work()
      return result
    } finally {
      const durationMs = this.now().getTime() - startedAt.getTime()
      this.steps.push({ name, startedAt: startedAt.toISOString(), durationMs, ...more(result) })
    }
  }

  /** The job as the report keeps it. `findings` are all of this platform, the index's too. */
  finish(ending: Ending, findings: readonly Finding[], accepted: readonly AcceptedFinding[] = []): ReportJob {
    const { platform } = this.announced
    const [verdict] = judgeRun({
      findings,
      jobs: [{ platform, execution: ending.verdict }],
      cancelled: false,
    }).jobs
    const copies = findings.map((finding) => ({ ...finding, evidence: { ...finding.evidence } }))
    return this.toJob('finished', {
      ...(verdict ? { verdict } : {}),
      ending: copyOf(ending),
      findings: copies,
      ...(accepted.length > 0 ? { accepted: [...accepted] } : {}),
    })
  }

  /** The job as far as it came. */
  cancel(): ReportJob {
    return this.toJob('cancelled', { findings: [] })
  }

  private toJob(
    state: ReportJob['state'],
    { verdict, ending, findings, accepted }: Pick<ReportJob, 'verdict' | 'ending' | 'findings' | 'accepted'>,
  ): ReportJob {
    return {
      ...this.announced,
      state,
      ...(verdict ? { verdict } : {}),
      ...(ending ? { ending } : {}),
      truths: this.truths,
      ...(this.engine ? { engine: this.engine } : {}),
      ...(this.execution ? { execution: this.execution } : {}),
      steps: this.steps,
      findings,
      ...(accepted ? { accepted } : {}),
      ...(this.escalated ? { escalated: this.escalated } : {}),
      ...(this.cpuFloor ? { cpuFloor: this.cpuFloor } : {}),
      ...(this.largePages ? { largePages: this.largePages } : {}),
      ...(this.uname ? { uname: this.uname } : {}),
      ...(this.tests.length > 0 ? { tests: this.tests } : {}),
      ...this.looked,
    }
  }
}

function copyOf({ verdict, reason, evidence }: Ending): NonNullable<ReportJob['ending']> {
  return { verdict, reason, evidence: { ...evidence } }
}
