import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { AppError } from '#lib/errors/app-error.ts'
import type { Report } from '#lib/report/model.ts'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, type ReportFormatName } from '#lib/report/render/format-list.ts'
import { renderReport } from '#lib/report/render/render-report.ts'
import { complain } from './output.ts'
import { safeText } from './table.ts'

/** Standard output, in place of a file. */
const STDOUT = '-'

/** A document that somebody asked for, and where it goes. */
export interface ReportFile {
  readonly format: ReportFormatName
  /** A path, or `-` for standard output. */
  readonly file: string
}

/** Adds `--junit FILE`, `--sarif FILE` … to a command: an option a format. */
export function addReportOptions(command: Command): Command {
  for (const name of REPORT_FORMAT_NAMES) {
    const { title, use } = REPORT_FORMATS[name]
    command.option(`--${name} <file>`, `write ${title}: ${use}`)
  }
  return command
}

/**
 * The documents that the options ask for. Standard output takes one document: throws `usage` when two want it, or one
 * beside `--json`.
 */
export function reportFiles(
  options: Readonly<Record<string, unknown>>,
  toStdout: { readonly json: boolean },
): readonly ReportFile[] {
  const files = REPORT_FORMAT_NAMES.flatMap((format) => {
    const file = options[optionKey(format)]
    return typeof file === 'string' ? [{ format, file }] : []
  })
  const wanted = files.filter(({ file }) => file === STDOUT).map(({ format }) => `--${format} -`)
  if (toStdout.json) wanted.push('--json')
  if (wanted.length > 1 && files.some(({ file }) => file === STDOUT))
    throw new AppError('usage', `${wanted.join(' and ')} all want standard output.`, {
      hint: 'Write all but one of them to a file.',
    })
  return files
}

/** Whether a document goes to standard output, which then holds nothing else. */
export function ownsStdout(files: readonly ReportFile[]): boolean {
  return files.some(({ file }) => file === STDOUT)
}

/** Writes the documents. One that cannot be written is told on standard error; answers whether all were. */
export async function writeReportFiles(report: Report, files: readonly ReportFile[]): Promise<boolean> {
  let areAllWritten = true
  for (const { format, file } of files) {
    const text = renderReport(report, format)
    if (file === STDOUT) {
      process.stdout.write(text)
      continue
    }
    await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
      areAllWritten = false
      complain(`archway: ${safeText(file)} was not written: ${safeText(error.message)}`)
    })
  }
  return areAllWritten
}

/** The name that commander gives an option: `in-toto` is `inToto`. */
function optionKey(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
