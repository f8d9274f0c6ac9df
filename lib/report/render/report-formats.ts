import { type DescribedReport, describeReport } from '../describe-report.ts'
import { maskReport } from '../mask-report.ts'
import type { Report } from '../model.ts'
import { renderCtrf } from './render-ctrf.ts'
import { renderHtml } from './render-html.ts'
import { renderInToto } from './render-in-toto.ts'
import { renderJunit } from './render-junit.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderSarif } from './render-sarif.ts'

/** A document that a report can be made into, beside its JSON. */
export interface ReportFormat {
  /** For people. */
  readonly title: string
  /** What it is good for, in a few words. */
  readonly use: string
  /** After the report's id in its address and in the name of its file; without a dot in front. */
  readonly extension: string
  readonly mediaType: string
  readonly render: (report: DescribedReport) => string
}

/** Every format; its key is the option of `archway validate`. */
export const REPORT_FORMATS = {
  junit: {
    title: 'JUnit XML',
    use: 'test results for a CI server',
    extension: 'junit.xml',
    mediaType: 'application/xml; charset=utf-8',
    render: renderJunit,
  },
  sarif: {
    title: 'SARIF 2.1.0',
    use: 'findings for code scanning',
    extension: 'sarif',
    mediaType: 'application/sarif+json',
    render: renderSarif,
  },
  ctrf: {
    title: 'CTRF',
    use: 'test results as JSON',
    extension: 'ctrf.json',
    mediaType: 'application/json',
    render: renderCtrf,
  },
  markdown: {
    title: 'Markdown',
    use: 'a comment on a pull request',
    extension: 'md',
    mediaType: 'text/markdown; charset=utf-8',
    render: renderMarkdown,
  },
  html: {
    title: 'HTML',
    use: 'one file to send, keep or print',
    extension: 'html',
    mediaType: 'text/html; charset=utf-8',
    render: renderHtml,
  },
  'in-toto': {
    title: 'in-toto statements',
    use: 'test results to sign and attach',
    extension: 'intoto.jsonl',
    mediaType: 'application/x-ndjson',
    render: renderInToto,
  },
} as const satisfies Record<string, ReportFormat>

/** The name of a format. */
export type ReportFormatName = keyof typeof REPORT_FORMATS

/** The names of all formats. */
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as readonly ReportFormatName[]

/**
 * The document of a report. Documents leave the house, into pull requests, scanners and transparency logs: values of
 * the run's environment are masked in each of them, and lone surrogates, which UTF-8 cannot hold, are replaced.
 */
export function renderReport(report: Report, format: ReportFormatName): string {
  return REPORT_FORMATS[format].render(describeReport(wellFormed(maskReport(report))))
}

/** Splits `r1.junit.xml` into the id and its format; undefined when no format ends like that. */
export function parseReportFile(
  file: string,
): { readonly id: string; readonly format: ReportFormatName } | undefined {
  const format = REPORT_FORMAT_NAMES.find((name) => file.endsWith(`.${REPORT_FORMATS[name].extension}`))
  if (format === undefined) return undefined
  const id = file.slice(0, -REPORT_FORMATS[format].extension.length - 1)
  return id === '' ? undefined : { id, format }
}

function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T
  if (Array.isArray(value)) return value.map(wellFormed) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]),
  ) as T
}
