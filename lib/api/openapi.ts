import { z } from 'zod'
import { binariesQuery, binariesResponse } from './binaries.ts'
import { diffQuery, diffResponse } from './diff.ts'
import { filesQuery, filesResponse } from './files.ts'
import { healthResponse } from './health.ts'
import { imageQuery, imageResponse, manifestQuery } from './image.ts'
import { packagesQuery, packagesResponse } from './packages.ts'
import { problemDto } from './parts.ts'
import { repositoriesResponse, repositoryUpdate } from './repositories.ts'
import { tagDetailsQuery, tagDetailsResponse, tagEventsQuery, tagsQuery, tagsResponse } from './tags.ts'

interface Call {
  readonly method: 'get' | 'put'
  readonly path: string
  readonly id: string
  readonly summary: string
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answer: z.ZodType | { readonly mediaType: string; readonly description: string }
}

const CALLS: readonly Call[] = [
  {
    method: 'get',
    path: '/api/v1/tags',
    id: 'listTags',
    summary: 'A page of a repository’s tags, each resolved to digest, kind and platforms',
    query: tagsQuery,
    answer: tagsResponse,
  },
  {
    method: 'get',
    path: '/api/v1/tags/details',
    id: 'detailTags',
    summary: 'Sizes and times of a few tags; tries failed rows again',
    query: tagDetailsQuery,
    answer: tagDetailsResponse,
  },
  {
    method: 'get',
    path: '/api/v1/tags/events',
    id: 'watchTags',
    summary: 'Rows and summaries as they resolve: events rows, summary, done, problem',
    query: tagEventsQuery,
    answer: { mediaType: 'text/event-stream', description: 'Server-sent events' },
  },
  {
    method: 'get',
    path: '/api/v1/images',
    id: 'inspectImage',
    summary: 'An image with every platform, attestations, referrers and findings',
    query: imageQuery,
    answer: imageResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/manifest',
    id: 'getManifest',
    summary: 'The exact bytes of a manifest',
    query: manifestQuery,
    answer: { mediaType: '*/*', description: 'The manifest, verified, with its own media type' },
  },
  {
    method: 'get',
    path: '/api/v1/images/files',
    id: 'listFiles',
    summary: 'The merged file system of one platform, in path order',
    query: filesQuery,
    answer: filesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/packages',
    id: 'listPackages',
    summary: 'Installed packages of one platform: dpkg, apk, rpm, Python, npm, Go',
    query: packagesQuery,
    answer: packagesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/binaries',
    id: 'listBinaries',
    summary: 'Programs and libraries of one platform, and what each is for',
    query: binariesQuery,
    answer: binariesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/diff',
    id: 'diffImages',
    summary: 'What differs between two images, what must differ between architectures folded away',
    query: diffQuery,
    answer: diffResponse,
  },
  {
    method: 'get',
    path: '/api/v1/repositories',
    id: 'listRepositories',
    summary: 'Pinned and recently opened repositories',
    answer: repositoriesResponse,
  },
  {
    method: 'put',
    path: '/api/v1/repositories',
    id: 'updateRepository',
    summary: 'Pin, unpin or forget a repository',
    body: repositoryUpdate,
    answer: repositoriesResponse,
  },
  {
    method: 'get',
    path: '/api/health',
    id: 'health',
    summary: 'Whether the server is up',
    answer: healthResponse,
  },
]

/** The OpenAPI 3.1 document, made from the schemas that the routes parse with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const call of CALLS) {
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

function operation(call: Call): Record<string, unknown> {
  const isSchema = call.answer instanceof z.ZodType
  const content = isSchema
    ? { 'application/json': { schema: schemaOf(call.answer as z.ZodType, 'output') } }
    : { [(call.answer as { mediaType: string }).mediaType]: {} }
  return {
    operationId: call.id,
    summary: call.summary,
    ...(call.query ? { parameters: parameters(call.query) } : {}),
    ...(call.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(call.body, 'input') } },
          },
        }
      : {}),
    responses: {
      200: {
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

function parameters(query: z.ZodObject): unknown[] {
  const schema = schemaOf(query, 'input') as { properties?: Record<string, object>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
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
