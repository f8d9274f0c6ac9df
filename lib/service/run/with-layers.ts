import type { Finding } from '#lib/checks/finding.ts'
import type { JobFacts } from '#lib/checks/job-facts.ts'
import { jobGaps, runJobChecks } from '#lib/checks/run-job-checks.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { binariesTruth } from './describe-truths.ts'
import type { JobRecord } from './job-record.ts'
import { type LayerLook, toldOf } from './run-layers.ts'

/**
 * The findings of a job: of its execution, and of its layers where they were looked at. The record learns what the
 * layers say of the binaries. What starts is judged by the container that was made, else by the layers; never by both.
 */
export function withLayers(
  record: JobRecord,
  wanted: Platform,
  facts: JobFacts,
  look: LayerLook | undefined,
): Finding[] {
  const found = runJobChecks(facts)
  const { checked = [], unjudged = [] } = look?.judgement ?? {}
  record.looked = toldOf({ checked, unjudged: [...unjudged, ...jobGaps(facts)] })
  if (look === undefined) return found
  if (look.kind === 'seen' && look.image.isComplete) {
    const { resolution, binaries: files } = look.image
    const ofStart = record.truths.binaries ?? (resolution && binariesTruth(wanted, resolution))
    if (ofStart) record.truths = { ...record.truths, binaries: { ...ofStart, scope: 'image', files } }
  }
  const ofLayers = look.judgement.findings
  return [...found, ...(facts.resolution ? ofLayers.filter((finding) => !isOfStart(finding)) : ofLayers)]
}

function isOfStart({ code, evidence }: Finding): boolean {
  return code === 'ELF-001' || (code === 'ELF-003' && evidence.paths === undefined)
}
