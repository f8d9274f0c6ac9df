import type { ReportDto } from '#lib/api/reports.ts'

/** Whether the files of all layers were looked at, on every platform whose binaries were. */
export function isWholeImage({ jobs }: Pick<ReportDto, 'jobs'>): boolean {
  const looked = jobs.flatMap(({ truths: { binaries } }) => (binaries ? [binaries] : []))
  return looked.length > 0 && looked.every(({ scope }) => scope === 'image')
}
