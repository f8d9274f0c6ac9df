import 'server-only'
import { atStop } from '#lib/config/at-stop.ts'
import type { StoredContext } from '#lib/service/context.ts'
import { type ReportRetention, sweepReports } from '#lib/service/run/sweep-reports.ts'
import { tellProblem } from './tell-problem.ts'

const DAY_MS = 86_400_000

/** Sweeps reports now and once a day, as `archway.yaml` says, and writes what was removed as one JSON line. */
export async function keepRetention(context: StoredContext, retention: ReportRetention): Promise<void> {
  if (retention.days === undefined && retention.maxReports === undefined) return
  const sweep = async () => {
    try {
      const swept = await sweepReports(context, retention)
      const line = {
        time: context.now().toISOString(),
        level: 'info',
        where: 'retention',
        ...retention,
        ...swept,
      }
      if (swept.removed > 0) process.stderr.write(`${JSON.stringify(line)}\n`)
    } catch (error) {
      tellProblem(error, 'retention')
    }
  }
  await sweep()
  const timer = setInterval(() => void sweep(), DAY_MS).unref()
  atStop(async () => clearInterval(timer))
}
