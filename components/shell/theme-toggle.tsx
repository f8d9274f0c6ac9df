'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { Button } from '#components/ui/button.tsx'
import { useIsAlive } from '#components/ui/use-is-alive.ts'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const ICONS: Readonly<Record<Theme, typeof Sun>> = { system: Monitor, light: Sun, dark: Moon }

/** Steps through system, light and dark. Until the page is alive nobody knows which one is on: it shows system. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme()
  const isAlive = useIsAlive()
  const current = (isAlive && THEMES.find((one) => one === theme)) || 'system'
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system'
  const Icon = ICONS[current]
  const label = `Theme: ${current}. Change to ${next}`
  return (
    <Button variant="ghost" size="icon" aria-label={label} title={label} onClick={() => setTheme(next)}>
      <Icon aria-hidden="true" className="size-4" />
    </Button>
  )
}
