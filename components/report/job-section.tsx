import { ChevronRight } from 'lucide-react'
import { FindingCards } from '#components/image/finding-cards.tsx'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { SubSection } from '#components/image/sub-section.tsx'
import { VerdictMark } from '#components/run/verdict-mark.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { formatDuration } from '#components/ui/duration.ts'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import type { ReportJobDto } from '#lib/api/reports.ts'
import { AcceptedList } from './accepted-list.tsx'
import { jobAnchor } from './job-anchor.ts'
import { JobFacts } from './job-facts.tsx'
import { RepeatList } from './repeat-list.tsx'
import { ReportOutput } from './report-output.tsx'
import { TestList } from './test-list.tsx'
import { TimelineList } from './timeline-list.tsx'
import { UnjudgedList } from './unjudged-list.tsx'

interface JobSectionProps {
  readonly job: ReportJobDto
  /** How many platforms share the page. */
  readonly jobCount: number
  readonly isOpen: boolean
}

/** One platform: verdict and why, where and how it ran, what took how long, what it wrote, what is wrong with it. */
export function JobSection({ job, jobCount, isOpen }: JobSectionProps) {
  const { platform, verdict, text, execution, findings, steps, tests, accepted, unjudged } = job
  return (
    <details open={isOpen} className="card group/job print:box-decoration-clone">
      <summary className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-card px-3.5 py-3 -outline-offset-2 print:py-1.5 hover:bg-sunken/60 print:break-after-avoid [&::-webkit-details-marker]:hidden">
        <h3 className="flex items-center gap-4">
          <PlatformName platform={platform} className="font-semibold" />
          {verdict ? <VerdictMark verdict={verdict} /> : <Mark tone="skip">Cancelled</Mark>}
        </h3>
        {execution && (
          <Chip size="small" title={MODES[execution.mode]}>
            {execution.mode}
          </Chip>
        )}
        <span className="ml-auto flex items-center gap-3 text-muted text-note tabular-nums">
          {execution && formatDuration(execution.durationMs)}
          <ChevronRight
            aria-hidden="true"
            className="size-3.5 shrink-0 transition-transform group-open/job:rotate-90 print:hidden"
          />
        </span>
      </summary>
      {/* The anchor is inside: going to it opens the fold. */}
      <div
        id={jobAnchor(platform)}
        className="grid scroll-mt-32 gap-5 border-line border-t px-3.5 pt-3.5 pb-4 print:gap-3 print:pt-2 print:pb-2.5"
      >
        <p className="max-w-[80ch] break-words text-lead print:text-body">
          {text === undefined ? (
            'It was cancelled before it was over.'
          ) : (
            <ForeignText text={text} maxLength={2_000} />
          )}
        </p>
        {findings.length > 0 && <FindingCards findings={findings.map(unplaced)} withEvidence />}
        <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2 print:break-inside-avoid print:grid-cols-2">
          <SubSection title="How it ran">
            <JobFacts job={job} />
          </SubSection>
          <SubSection title="What took how long">
            <TimelineList steps={steps} />
          </SubSection>
        </div>
        {job.repeatTexts && (
          <SubSection title="Repeated" note="on other processors, with other pages">
            <RepeatList job={job} />
          </SubSection>
        )}
        {accepted && <AcceptedList accepted={accepted} />}
        {unjudged && (
          <SubSection title="Not looked at" note="no finding of these checks proves nothing">
            <UnjudgedList unjudged={unjudged.map((each) => ({ ...each, platforms: [] }))} />
          </SubSection>
        )}
        {tests && (
          <SubSection title="Its tests" note={testsNote(tests)}>
            <TestList platform={platform} tests={tests} />
          </SubSection>
        )}
        {execution && (
          <SubSection title="What it wrote" note="in the order it came">
            <ReportOutput of={platform} execution={execution} jobCount={jobCount} />
          </SubSection>
        )}
      </div>
    </details>
  )
}

const MODES = {
  native: 'On a machine of this architecture',
  emulated: 'On a machine of another architecture, which imitated this one',
} as const

function testsNote(tests: NonNullable<ReportJobDto['tests']>): string {
  return `${tests.filter(({ verdict }) => verdict === 'passed').length} of ${tests.length} passed`
}

/** The platform's name stands above already. */
function unplaced<T extends { readonly platform?: string | undefined }>({
  platform: _,
  ...finding
}: T): Omit<T, 'platform'> {
  return finding
}
