'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Select } from '#components/ui/select.tsx'
import { DETAILS_ID } from './details-anchor.ts'
import { usePlatformSelection } from './platform-selection.tsx'

/** Beyond this many, tabs are harder to find one's way in than a list. */
const MAX_TABS = 12

export interface PlatformTab {
  readonly id: string
  /** What screen readers say, in full. */
  readonly name: string
  /** What the tab shows; a list shows the id. */
  readonly label: ReactNode
}

interface PlatformTabsProps {
  readonly tabs: readonly PlatformTab[]
  readonly panels: Readonly<Record<string, ReactNode>>
}

/** The details of one platform at a time, and the switch between them, which stays in reach while one reads. */
export function PlatformTabs({ tabs, panels }: PlatformTabsProps) {
  const { selected } = usePlatformSelection()
  const at = tabs.findIndex((tab) => tab.id === selected)
  const hasTabs = tabs.length > 1 && tabs.length <= MAX_TABS
  return (
    <>
      {hasTabs && <TabList tabs={tabs} />}
      {tabs.length > MAX_TABS && <TabChoice tabs={tabs} />}
      <div
        {...(hasTabs ? { role: 'tabpanel', 'aria-labelledby': tabId(at) } : {})}
        id={`${DETAILS_ID}-panel`}
        className="mt-4"
      >
        {selected === undefined ? null : panels[selected]}
      </div>
    </>
  )
}

const BAR = '-mx-1 sticky top-14 z-20 bg-page px-1 print:static'

function TabList({ tabs }: { tabs: readonly PlatformTab[] }) {
  const { selected, select } = usePlatformSelection()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tab = list.current?.querySelector(`[data-tab="${CSS.escape(selected ?? '')}"]`)
    if (list.current && tab instanceof HTMLElement) keepInView(list.current, tab)
  }, [selected])
  const move = (event: KeyboardEvent<HTMLButtonElement>, at: number) => {
    const next = STEPS[event.key]?.(at, tabs.length)
    const tab = next === undefined ? undefined : tabs[next]
    if (!tab || next === undefined) return
    event.preventDefault()
    select(tab.id)
    document.getElementById(tabId(next))?.focus()
  }
  return (
    <div className={BAR}>
      <div
        ref={list}
        role="tablist"
        aria-label="Platform"
        className="flex gap-x-5 overflow-x-auto border-line border-b [scrollbar-width:none] sm:flex-wrap"
      >
        {tabs.map((tab, at) => {
          const isSelected = tab.id === selected
          return (
            <button
              key={tab.id}
              id={tabId(at)}
              type="button"
              data-tab={tab.id}
              role="tab"
              aria-label={tab.name}
              aria-selected={isSelected}
              aria-controls={`${DETAILS_ID}-panel`}
              tabIndex={isSelected ? 0 : -1}
              onClick={() => select(tab.id)}
              onKeyDown={(event) => move(event, at)}
              className={cn(
                '-mb-px flex shrink-0 items-center gap-1.5 border-b-2 pt-2 pb-2 transition-colors -outline-offset-2',
                isSelected
                  ? 'border-ink text-ink'
                  : 'border-transparent text-muted hover:border-line-strong hover:text-ink',
              )}
            >
              {tab.label}
            </button>
          )
        })}
      </div>
    </div>
  )
}

/** Scrolls the row of tabs, never the page. */
function keepInView(list: HTMLElement, tab: HTMLElement): void {
  const left = tab.offsetLeft - list.offsetLeft
  if (left < list.scrollLeft) list.scrollLeft = left
  const overhang = left + tab.offsetWidth - (list.scrollLeft + list.clientWidth)
  if (overhang > 0) list.scrollLeft += overhang
}

function TabChoice({ tabs }: { tabs: readonly PlatformTab[] }) {
  const { selected, select } = usePlatformSelection()
  const id = useId()
  return (
    <div className={cn(BAR, 'border-line border-b py-2')}>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="text-muted">
          Platform
        </label>
        <Select
          id={id}
          value={selected}
          onChange={(event) => select(event.target.value)}
          className="mono text-ink"
        >
          {tabs.map((tab) => (
            <option key={tab.id} value={tab.id}>
              {tab.id}
            </option>
          ))}
        </Select>
      </div>
    </div>
  )
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

function tabId(at: number): string {
  return `${DETAILS_ID}-tab-${at}`
}
