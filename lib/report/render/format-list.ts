/** A document that a report can be made into, beside its JSON. */
export interface ReportFormat {
  /** For people. */
  readonly title: string
  /** What it is good for, in a few words. */
  readonly use: string
  /** After the report's id in its address and in the name of its file; without a dot in front. */
  readonly extension: string
  readonly mediaType: string
}

/** Every format, for all doors; its key is the option of `archway validate`. Plain data: the browser shows it too. */
export const REPORT_FORMATS = {
  html: {
    title: 'HTML',
    use: 'one file to send, keep or print',
    extension: 'html',
    mediaType: 'text/html; charset=utf-8',
  },
  markdown: {
    title: 'Markdown',
    use: 'a comment on a pull request',
    extension: 'md',
    mediaType: 'text/markdown; charset=utf-8',
  },
  junit: {
    title: 'JUnit XML',
    use: 'test results for a CI server',
    extension: 'junit.xml',
    mediaType: 'application/xml; charset=utf-8',
  },
  ctrf: {
    title: 'CTRF',
    use: 'test results as JSON',
    extension: 'ctrf.json',
    mediaType: 'application/json',
  },
  sarif: {
    title: 'SARIF 2.1.0',
    use: 'findings for code scanning',
    extension: 'sarif',
    mediaType: 'application/sarif+json',
  },
  'in-toto': {
    title: 'in-toto statements',
    use: 'test results to sign and attach',
    extension: 'intoto.jsonl',
    mediaType: 'application/x-ndjson',
  },
} as const satisfies Record<string, ReportFormat>

/** The name of a format. */
export type ReportFormatName = keyof typeof REPORT_FORMATS

/** The names of all formats. */
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as readonly ReportFormatName[]

/** Splits `r1.junit.xml` into the id and its format; undefined when no format ends like that. */
export function parseReportFile(
  file: string,
): { readonly id: string; readonly format: ReportFormatName } | undefined {
  const format = REPORT_FORMAT_NAMES.find((name) => file.endsWith(`.${REPORT_FORMATS[name].extension}`))
  if (format === undefined) return undefined
  const id = file.slice(0, -REPORT_FORMATS[format].extension.length - 1)
  return id === '' ? undefined : { id, format }
}

/** The name of a report's file on a disk. */
export function reportFileName(id: string, extension: string): string {
  return `archway-report-${id.replace(/[^\w-]/g, '_')}.${extension}`
}
