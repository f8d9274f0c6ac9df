import { type DescribedReport, describeReport } from '../describe-report.ts'
import { maskReport } from '../mask-report.ts'
import type { Report } from '../model.ts'
import type { ReportFormatName } from './format-list.ts'
import { renderCtrf } from './render-ctrf.ts'
import { renderHtml } from './render-html.ts'
import { renderInToto } from './render-in-toto.ts'
import { renderJunit } from './render-junit.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderSarif } from './render-sarif.ts'

const RENDER: Readonly<Record<ReportFormatName, (report: DescribedReport) => string>> = {
  html: renderHtml,
  markdown: renderMarkdown,
  junit: renderJunit,
  ctrf: renderCtrf,
  sarif: renderSarif,
  'in-toto': renderInToto,
}

/**
 * The document of a report. Documents leave the house, into pull requests, scanners and transparency logs: values of
 * the run's environment are masked in each of them, and lone surrogates, which UTF-8 cannot hold, are replaced.
 */
export function renderReport(report: Report, format: ReportFormatName): string {
  return RENDER[format](describeReport(wellFormed(maskReport(report))))
}

function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T
  if (Array.isArray(value)) return value.map(wellFormed) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]),
  ) as T
}
