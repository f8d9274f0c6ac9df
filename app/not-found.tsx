import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClass } from '#components/ui/button-class.ts'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <div className="mx-auto max-w-lg py-16 text-center">
      <p className="mono text-muted">404</p>
      <h1 className="mt-2 font-[620] text-title tracking-[-0.015em]">There is no page here</h1>
      <p className="mt-2 text-muted">
        The address may be old or mistyped. The field above takes a repository, an image or a registry’s URL.
      </p>
      <Link href="/" className={`${buttonClass()} mt-6`}>
        Go home
      </Link>
    </div>
  )
}
