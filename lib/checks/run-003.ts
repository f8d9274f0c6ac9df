import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { JobFacts } from './job-facts.ts'

/** RUN-003: run on several processors, it passed on a newer one and died on an older one that the platform includes. */
export const run003 = defineCheck<JobFacts>('RUN-003', ({ platform, cpuFloor }) => {
  const { needs, runs = [], fallback } = cpuFloor ?? {}
  if (needs === undefined) return []
  const judged = runs.filter(({ ending }) => ending !== undefined)
  const passed = judged.findIndex(({ cpu }) => cpu === needs)
  const older = judged.slice(0, passed).map(({ cpu }) => cpu)
  const died = older.length === 0 && fallback !== undefined ? [fallback] : older
  return [{ platform: platformText(platform), evidence: { needs, died } }]
})
