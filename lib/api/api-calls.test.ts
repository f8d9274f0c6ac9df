import { expect, it } from 'vitest'
import { listSources, readSource } from '#lib/testing/read-imports.ts'
import { API_CALLS } from './api-calls.ts'
import { openApiDocument } from './openapi.ts'

const UNDESCRIBED = ['get /api/openapi.json']

/** What the routes really answer: `get /api/v1/runs/{id}`. */
function routes(): readonly string[] {
  return listSources(['app/api'], ['.ts']).flatMap((file) => {
    const place = file
      .replace(/^app/, '')
      .replace(/\/route\.ts$/, '')
      .replace(/\[(\w+)\]/g, '{$1}')
    const methods = [...readSource(file).text.matchAll(/^export const (GET|PUT|POST|DELETE)\b/gm)]
    return methods.map(([, method = '']) => `${method.toLowerCase()} ${place}`)
  })
}

it('every route is described, and nothing else', () => {
  // Documents of a report are told by their ending, and served by the report's own route.
  const described = API_CALLS.map(({ method, path }) => `${method} ${path.replace('.{extension}', '')}`)
  expect([...new Set([...described, ...UNDESCRIBED])].toSorted()).toEqual(routes().toSorted())
  expect(new Set(API_CALLS.map(({ id }) => id)).size).toBe(API_CALLS.length)
})

it('the parts of a path are parameters that must be given', () => {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, { parameters?: object[] }>> }
  for (const [path, calls] of Object.entries(paths)) {
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      for (const call of Object.values(calls))
        expect(call.parameters).toContainEqual(expect.objectContaining({ name, in: 'path', required: true }))
  }
  expect(paths['/api/v1/runs']?.post).toMatchObject({
    responses: { 202: {} },
    requestBody: { required: true },
  })
})
