import Link from 'next/link'
import { ArchIcon } from './arch-icon.tsx'
import { HeaderSearch } from './header-search.tsx'
import { MainNav } from './main-nav.tsx'
import { PaletteHost } from './palette-host.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

/** The bar that stays on top: the brand, the one field, where one can go. */
export function SiteHeader() {
  return (
    <>
      <header className="sticky top-0 z-30 flex h-14 items-center gap-4 border-line border-b bg-surface px-6 max-sm:gap-2.5 max-sm:px-3.5 print:hidden">
        <Link href="/" className="flex items-center gap-2 rounded-mark font-[650] tracking-[-0.01em]">
          <ArchIcon className="h-4 w-[18px]" />
          <span className="max-sm:sr-only">Archway</span>
        </Link>
        <HeaderSearch />
        <MainNav className="ml-auto flex max-sm:hidden" />
        <div className="flex items-center gap-0.5 max-sm:ml-auto">
          <PaletteHost />
          <ThemeToggle />
        </div>
      </header>
      <MainNav className="flex h-9 items-center border-line border-b bg-surface px-3.5 sm:hidden print:hidden" />
    </>
  )
}
