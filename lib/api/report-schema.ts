import { z } from 'zod'
import { REPORT_VERSION } from '#lib/report/model.ts'
import { reportDto } from './reports.ts'

/**
 * The JSON Schema (2020-12) of a report, made from the schema that Archway itself parses with. It allows fields it
 * does not know: a new optional field does not raise the version.
 */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(reportDto, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return { $schema, $id: `urn:archway:report:${REPORT_VERSION}`, title: 'Archway report', ...schema }
}
