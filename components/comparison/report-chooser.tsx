import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { VerdictMark } from '#components/run/verdict-mark.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { fullTime } from '#components/ui/relative-time.ts'
import { Select } from '#components/ui/select.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { comparisonPath, reportPath } from '#lib/client/page-paths.ts'

/** A run that a side may be changed to. */
interface Choice {
  readonly id: string
  readonly reference: string
  readonly verdict?: ReportDto['verdict']
  readonly finishedAt: string
}

interface ReportChooserProps {
  readonly ids: { readonly from: string; readonly to: string }
  readonly reports: { readonly from?: ReportDto | undefined; readonly to?: ReportDto | undefined }
  readonly choices: { readonly from: readonly Choice[]; readonly to: readonly Choice[] }
}

/** Which two reports these are, what else could stand there, and their swap. A form that needs no script. */
export function ReportChooser({ ids, reports, choices }: ReportChooserProps) {
  return (
    <form
      action="/reports/compare"
      method="get"
      // What was chosen must not outlive the comparison it was chosen for.
      key={`${ids.from} ${ids.to}`}
      className="card mt-5 grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-5 gap-y-3.5 px-[18px] py-4 max-md:grid-cols-[minmax(0,1fr)] print:grid-cols-2"
    >
      <Side name="from" label="Before" id={ids.from} report={reports.from} choices={choices.from} />
      <span className="flex self-center print:hidden">
        <Link
          href={comparisonPath({ from: ids.to, to: ids.from })}
          prefetch={false}
          aria-label="Swap the reports"
          title="Swap the reports"
          className={buttonClass('secondary')}
        >
          <ArrowLeftRight aria-hidden="true" className="size-3.5 text-muted" />
          <span className="md:hidden">Swap</span>
        </Link>
      </span>
      <Side name="to" label="After" id={ids.to} report={reports.to} choices={choices.to}>
        <Button type="submit" className="print:hidden">
          Compare
        </Button>
      </Side>
    </form>
  )
}

interface SideProps {
  readonly name: 'from' | 'to'
  readonly label: string
  readonly id: string
  readonly report: ReportDto | undefined
  readonly choices: readonly Choice[]
  readonly children?: ReactNode
}

function Side({ name, label, id, report, choices, children }: SideProps) {
  const isKnown = choices.some((choice) => choice.id === id)
  return (
    <fieldset className="grid min-w-0 content-start gap-2">
      <legend className="float-left mb-1.5 w-full font-[580] text-note text-muted">{label}</legend>
      {report ? <SideFacts report={report} /> : <p className="text-muted">No report chosen.</p>}
      <div className="flex min-w-0 gap-2 print:hidden">
        <Select
          name={name}
          aria-label={`Report, ${label.toLowerCase()}`}
          defaultValue={id}
          className="flex-1"
        >
          {!isKnown && <option value={id}>{report ? choiceText(report) : 'Choose a run…'}</option>}
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choiceText(choice)}
            </option>
          ))}
        </Select>
        {children}
      </div>
    </fieldset>
  )
}

function SideFacts({ report: { id, reference, digest, verdict, finishedAt } }: { report: ReportDto }) {
  return (
    <div className="grid min-w-0 gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        {verdict ? <VerdictMark verdict={verdict} /> : <Mark tone="skip">Cancelled</Mark>}
        <Link
          href={reportPath(id)}
          prefetch={false}
          className="mono min-w-0 break-all text-accent hover:underline"
        >
          <ForeignText text={reference.replace(/@[^@]*$/, '')} maxLength={300} />
        </Link>
      </p>
      <p className="flex flex-wrap items-baseline gap-x-2 text-muted text-note">
        <time dateTime={finishedAt}>{fullTime(finishedAt)}</time>
        <span aria-hidden="true">·</span>
        <DigestText digest={digest} algorithm copy="none" />
      </p>
    </div>
  )
}

function choiceText({ reference, verdict, finishedAt }: Omit<Choice, 'id'>): string {
  const name = reference.replace(/@[^@]*$/, '')
  const word = verdict ? VERDICT_LOOKS[verdict].word : 'Cancelled'
  return `${fullTime(finishedAt)} · ${word} · ${name.slice(name.lastIndexOf('/') + 1).slice(0, 100)}`
}
