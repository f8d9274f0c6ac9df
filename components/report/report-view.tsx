import type { ReactNode } from 'react'
import { FindingCards } from '#components/image/finding-cards.tsx'
import { rerunRequest } from '#components/run/rerun-request.ts'
import { validateTwin } from '#components/run/validate-command.ts'
import { Section } from '#components/ui/section.tsx'
import { Twin } from '#components/ui/twin.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { JobSection } from './job-section.tsx'
import { LookedAt } from './looked-at.tsx'
import { PrintedAddress } from './printed-address.tsx'
import { ReportFacts } from './report-facts.tsx'
import { ReportVerdict } from './report-verdict.tsx'
import { TruthsTable } from './truths-table.tsx'
import { WhatIsThis } from './what-is-this.tsx'
import { WhatToDo } from './what-to-do.tsx'

interface ReportViewProps {
  readonly report: ReportDto
  /** Path of the API call that answers the same. */
  readonly api: string
  /** What can be done with it, at the right of the verdict. */
  readonly actions: ReactNode
  /** Seen by whoever has the link: environment values are masked, nothing leads into this Archway. */
  readonly isShared?: boolean
}

/** With more platforms than this, the ones that passed are folded. */
const OPEN_MAX = 4

/** A report: the verdict, what it is pinned to, the four truths, and platform by platform how it went. */
export function ReportView({ report, api, actions, isShared = false }: ReportViewProps) {
  const { jobs, findings } = report
  const twin = validateTwin(rerunRequest(report), { hidesEnv: true })
  return (
    <>
      <ReportVerdict report={report} actions={actions} isShared={isShared} />
      <WhatToDo jobs={jobs} findings={findings} />
      <ReportFacts report={report} isShared={isShared} />
      {jobs.length > 0 && <TruthsTable report={report} />}
      <WhatIsThis isShared={isShared} />
      {findings.length > 0 && (
        <Section title="Findings of the whole image">
          <FindingCards findings={findings} withEvidence />
        </Section>
      )}
      {jobs.length > 0 && (
        <Section title="Platform by platform">
          <div className="grid gap-3">
            {jobs.map((job) => (
              <JobSection
                key={job.platform}
                job={job}
                jobCount={jobs.length}
                isOpen={jobs.length <= OPEN_MAX || job.verdict !== 'passed'}
              />
            ))}
          </div>
        </Section>
      )}
      <LookedAt report={report} />
      <PrintedAddress />
      <div className="print:hidden">
        <Twin {...twin} api={api} />
      </div>
    </>
  )
}
