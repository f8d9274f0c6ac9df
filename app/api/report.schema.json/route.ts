import { reportJsonSchema } from '#lib/api/report-schema.ts'

export const GET = () =>
  Response.json(reportJsonSchema(), { headers: { 'Content-Type': 'application/schema+json' } })
