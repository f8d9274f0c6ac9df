import type { Metadata } from 'next'
import { NotHere } from '#components/ui/not-here.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <NotHere title="There is no page here" way={{ href: '/', name: 'Go home' }}>
      The address may be old or mistyped. The field above takes a repository, an image or a registry’s URL.
    </NotHere>
  )
}
