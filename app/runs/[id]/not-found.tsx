import Link from 'next/link'
import { buttonClass } from '#components/ui/button-class.ts'

export default function RunNotFound() {
  return (
    <div className="mx-auto max-w-lg py-16 text-center">
      <p className="mono text-muted">404</p>
      <h1 className="mt-2 font-[620] text-title tracking-[-0.015em]">There is no such run here</h1>
      <p className="mt-2 text-muted">
        Its address may be mistyped, or it ran on another Archway. Runs are kept where they ran.
      </p>
      <Link href="/runs" className={`${buttonClass()} mt-6`}>
        All runs
      </Link>
    </div>
  )
}
