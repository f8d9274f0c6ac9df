import { NotHere } from '#components/ui/not-here.tsx'

export default function RunNotFound() {
  return (
    <NotHere title="There is no such run here" way={{ href: '/runs', name: 'All runs' }}>
      Its address may be mistyped, or it ran on another Archway. Runs are kept where they ran.
    </NotHere>
  )
}
