import { expect, test } from 'vitest'
import { nextPage } from './link.ts'

const current = new URL('https://quay.io/v2/org/app/tags/list?n=1000')

test.each<[string | string[] | undefined, string | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['</v2/org/app/tags/list?n=1000&last=x>; rel="next"', '/v2/org/app/tags/list?n=1000&last=x'],
  ['<?next_page=opaque%3D%3D>; rel="next"', '/v2/org/app/tags/list?next_page=opaque%3D%3D'],
  ['<https://quay.io/v2/a?b=c>; rel="next"', '/v2/a?b=c'],
  ['<http://quay.io/v2/a?b=c>; rel="next"', '/v2/a?b=c'],
  ['<//quay.io/v2/a>;rel=next', '/v2/a'],
  ['</a>; REL="Next"', '/a'],
  ['</a>; title="x"; rel="prev next"', '/a'],
  ['</first>; rel="first", </a>; rel="next"', '/a'],
  [['</first>; rel="first"', '</a>; rel="next"'], '/a'],
  ['</a>; rel="prev"', undefined],
  ['</a>; rel="nextone"', undefined],
  ['</a>', undefined],
  ['/a; rel="next"', undefined],
  ['<>; rel="next"', '/v2/org/app/tags/list?n=1000'],
])('%j leads to %s', (header, expected) => {
  expect(nextPage(header, current)?.href).toBe(expected && new URL(expected, current).href)
})

test.each([
  '<https://evil.example/v2/a>; rel="next"',
  '<https://quay.io:8443/v2/a>; rel="next"',
  '<//evil.example/a>; rel="next"',
  '<https://[>; rel="next"',
  '<file:///etc/passwd>; rel="next"',
])('%s is refused', (header) => {
  expect(() => nextPage(header, current)).toThrow(expect.objectContaining({ code: 'registry_protocol' }))
})
