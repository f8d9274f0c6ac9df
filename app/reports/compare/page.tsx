import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { ComparisonTwin } from '#components/comparison/comparison-twin.tsx'
import { ComparisonVerdict } from '#components/comparison/comparison-verdict.tsx'
import { ComparisonView } from '#components/comparison/comparison-view.tsx'
import { missingProblem } from '#components/comparison/missing-problem.ts'
import { ReportChooser } from '#components/comparison/report-chooser.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { comparisonPath } from '#lib/client/page-paths.ts'
import { type PageSearch, readSearch } from '../../search-params.ts'
import { loadComparison, loadEarlierRun } from './load-comparison.ts'

interface ComparePageProps {
  readonly searchParams: PageSearch
}

/** Ids are far shorter. */
const ID_MAX_LENGTH = 200

async function readIds(searchParams: PageSearch): Promise<{ readonly from: string; readonly to: string }> {
  const address = await readSearch(searchParams)
  const read = (name: string) => (address.get(name) ?? '').trim().slice(0, ID_MAX_LENGTH)
  return { from: read('from'), to: read('to') }
}

export async function generateMetadata({ searchParams }: ComparePageProps): Promise<Metadata> {
  const { from, to } = await readIds(searchParams)
  const { comparison } = await loadComparison(from, to)
  return { title: comparison ? comparison.headline.slice(0, 200) : 'Compare two reports' }
}

/** Read whole before anything is sent, from the store alone: the page needs no script, and a redirect is one. */
export default async function ComparePage({ searchParams }: ComparePageProps) {
  const ids = await readIds(searchParams)
  const { from: asked, to } = ids
  const from = asked === '' && to !== '' ? await loadEarlierRun(to) : undefined
  if (from !== undefined) redirect(comparisonPath({ from, to }))
  const { comparison, choices, ...reports } = await loadComparison(asked, to)
  if (comparison && reports.from && reports.to) {
    return (
      <>
        <ComparisonVerdict comparison={comparison} />
        <ReportChooser ids={ids} reports={reports} choices={choices} />
        <ComparisonView from={reports.from} to={reports.to} comparison={comparison} />
        <ComparisonTwin ids={ids} />
      </>
    )
  }
  const problem = missingProblem(ids, { from: reports.from !== undefined, to: reports.to !== undefined })
  const isChoosable = reports.from !== undefined || reports.to !== undefined
  return (
    <>
      <h1 className="font-[620] text-title tracking-[-0.015em]">Compare two reports</h1>
      <p className="mt-1.5 text-muted">What got better, worse, new and gone from one run to another.</p>
      {problem && (
        <ProblemPanel
          problem={problem}
          className="mt-5"
          retry={
            <Link href="/runs" className={buttonClass()}>
              All runs
            </Link>
          }
        />
      )}
      {isChoosable ? (
        <ReportChooser ids={ids} reports={reports} choices={choices} />
      ) : (
        !problem && (
          <div className="card mt-5 px-6 py-10 text-center">
            <p className="font-[620]">No report is chosen yet</p>
            <p className="mx-auto mt-1 max-w-[56ch] text-muted">
              Open a report and compare it with the run before, or pick one from the list of runs.
            </p>
            <Link href="/runs" className={`${buttonClass()} mt-4`}>
              All runs
            </Link>
          </div>
        )
      )}
    </>
  )
}
