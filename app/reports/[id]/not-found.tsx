import { NotHere } from '#components/ui/not-here.tsx'

export default function ReportNotFound() {
  return (
    <NotHere title="There is no such report" way={{ href: '/runs', name: 'All runs' }}>
      The address may be mistyped, or its run is not over: a report is there once a run has finished or was
      cancelled.
    </NotHere>
  )
}
