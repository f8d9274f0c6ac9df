import { cn } from '#components/ui/cn.ts'
import { NavLink } from './nav-link.tsx'

/** Where one can go. It stands in the bar, and on a phone in a line of its own below it. */
export function MainNav({ className }: { className: string }) {
  return (
    <nav aria-label="Main" className={cn('gap-4.5', className)}>
      <NavLink href="/">Images</NavLink>
      <NavLink href="/runs">Runs</NavLink>
      <NavLink href="/engines">Engines</NavLink>
    </nav>
  )
}
