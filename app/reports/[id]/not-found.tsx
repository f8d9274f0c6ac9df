import Link from 'next/link'
import { buttonClass } from '#components/ui/button-class.ts'

export default function ReportNotFound() {
  return (
    <div className="mx-auto max-w-lg py-16 text-center">
      <p className="mono text-muted">404</p>
      <h1 className="mt-2 font-[620] text-title tracking-[-0.015em]">There is no such report</h1>
      <p className="mt-2 text-muted">
        The address may be mistyped, or its run is not over: a report is there once a run has finished or was
        cancelled.
      </p>
      <Link href="/" className={`${buttonClass()} mt-6`}>
        Go home
      </Link>
    </div>
  )
}
