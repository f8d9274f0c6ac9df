import { PrintedAddress } from '#components/report/printed-address.tsx'
import { CautionsList } from './cautions-list.tsx'
import { GROUPS } from './change-line.ts'
import { ChangeList } from './change-list.tsx'
import { type ComparedReports, changeLines, platformLines, unchangedPlatforms } from './comparison-model.ts'
import { PlatformsCompared } from './platforms-compared.tsx'
import { UnjudgedSides } from './unjudged-sides.tsx'

/** What differs between two reports, below their verdicts. */
export function ComparisonView(reports: ComparedReports) {
  const { from, to, comparison } = reports
  const platforms = platformLines(reports)
  const changes = changeLines(reports)
  const unchanged = unchangedPlatforms(platforms, changes)
  if (from.id === to.id)
    return (
      <Nothing title="This is one and the same report" text="Choose another run above to compare it with." />
    )
  return (
    <>
      <CautionsList cautions={comparison.cautions} />
      {changes.length === 0 && (
        <Nothing
          title="Nothing differs"
          text={
            from.digest === to.digest
              ? 'The same image, the same verdicts, the same findings on every platform.'
              : 'Another image, and the same verdicts and findings on every platform.'
          }
        />
      )}
      {platforms.length > 0 && <PlatformsCompared lines={platforms} />}
      {GROUPS.map((group) => (
        <ChangeList key={group} group={group} lines={changes.filter((line) => line.group === group)} />
      ))}
      <UnjudgedSides from={from} to={to} />
      {changes.length > 0 && unchanged.length > 0 && (
        <p className="mt-3 text-muted text-note">
          The same in both: <span className="mono">{unchanged.join(', ')}</span>
        </p>
      )}
      <PrintedAddress what="This comparison" />
    </>
  )
}

function Nothing({ title, text }: { title: string; text: string }) {
  return (
    <div role="status" className="card mt-3 px-6 py-8 text-center">
      <p className="font-[620] text-lead">{title}</p>
      <p className="mt-1 text-muted">{text}</p>
    </div>
  )
}
