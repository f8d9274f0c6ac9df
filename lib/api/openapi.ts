import { z } from 'zod'
import type { ApiCall } from './api-call.ts'
import { API_CALLS } from './api-calls.ts'
import { problemDto } from './parts.ts'
import { readingProgress } from './reading.ts'

/** The OpenAPI 3.1 document, made from the schemas that the routes parse with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const call of API_CALLS) {
    paths[call.path] = { ...paths[call.path], [call.method]: operation(call) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Archway',
      version: '1',
      description: 'Shows, proves and shares that a container image runs on every architecture it claims.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: { Problem: schemaOf(problemDto, 'output') } },
  }
}

function operation(call: ApiCall): Record<string, unknown> {
  const isSchema = call.answer instanceof z.ZodType
  const content = isSchema
    ? {
        'application/json': { schema: schemaOf(call.answer as z.ZodType, 'output') },
        ...(call.tellsProgress ? { 'text/event-stream': { schema: READING_EVENTS } } : {}),
      }
    : { [(call.answer as { mediaType: string }).mediaType]: {} }
  return {
    operationId: call.id,
    summary: call.summary,
    ...(call.pathParts || call.query
      ? { parameters: [...parameters('path', call.pathParts), ...parameters('query', call.query)] }
      : {}),
    ...(call.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(call.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [call.status ?? 200]: {
        description: isSchema ? 'The answer' : (call.answer as { description: string }).description,
        content,
      },
      default: {
        description: 'Could not answer (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** What a call that reads layers sends to who accepts events. */
const READING_EVENTS = {
  type: 'string',
  description: `Server-sent events: “progress” now and then, at last “answer”, with the JSON, or “problem”. The data of “progress”: ${JSON.stringify(schemaOf(readingProgress, 'output'))}`,
}

function parameters(place: 'path' | 'query', named: z.ZodObject | undefined): unknown[] {
  if (named === undefined) return []
  const schema = schemaOf(named, 'input') as { properties?: Record<string, object>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  })
  return rest
}
