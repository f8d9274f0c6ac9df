'use client'

import { ChevronDown, Download } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button-class.ts'
import { cn } from '#components/ui/cn.ts'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, reportFileName } from '#lib/report/render/format-list.ts'

interface DownloadMenuProps {
  /** The API call for the report; its documents are below the same address. */
  readonly call: string
  readonly reportId: string
  /** The report came by a link: its JSON is masked too. */
  readonly isShared?: boolean
}

/** The report's JSON and its documents, as files. Opens without JavaScript too. */
export function DownloadMenu({ call, reportId, isShared = false }: DownloadMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      if (menu.current && !menu.current.contains(event.target as Node)) menu.current.open = false
    }
    document.addEventListener('pointerdown', closeOutside)
    return () => document.removeEventListener('pointerdown', closeOutside)
  }, [])
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return
    menu.current.open = false
    menu.current.querySelector('summary')?.focus()
  }
  const json = { extension: 'json', title: 'JSON', use: 'the whole report' }
  return (
    <details ref={menu} onKeyDown={closeOnEscape} className="group relative print:hidden">
      <summary className={cn(buttonClass(), 'cursor-pointer list-none [&::-webkit-details-marker]:hidden')}>
        <Download aria-hidden="true" className="size-3.5 text-muted" />
        Download
        <ChevronDown aria-hidden="true" className="size-3.5 text-muted group-open:rotate-180" />
      </summary>
      <div className="absolute top-full left-0 z-20 mt-1.5 w-72 rounded-card border border-line bg-surface p-1.5 shadow-float sm:right-0 sm:left-auto">
        <ul>
          {[json, ...REPORT_FORMAT_NAMES.map((name) => REPORT_FORMATS[name])].map(
            ({ extension, title, use }) => (
              <li key={extension}>
                <a
                  href={`${call}.${extension}`}
                  download={reportFileName(reportId, extension)}
                  className="block rounded-control px-2.5 py-1.5 text-ink no-underline hover:bg-sunken"
                >
                  <span className="font-[550]">{title}</span>
                  <span className="block text-muted text-note">{use}</span>
                </a>
              </li>
            ),
          )}
        </ul>
        <p className="mt-1 border-line border-t px-2.5 pt-2 pb-1 text-muted text-note">
          {isShared
            ? 'Values of environment variables are masked.'
            : 'Values of environment variables are masked in all but the JSON.'}
        </p>
      </div>
    </details>
  )
}
