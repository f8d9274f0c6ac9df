import { expect, test } from 'vitest'
import { parseImports } from './read-imports.ts'

const file = 'lib/oci/digest.ts'

test.each([
  [`import { z } from 'zod'`, [{ target: 'zod', isOwn: false, typeOnly: false }]],
  [`import fs from "node:fs"`, [{ target: 'node:fs', isOwn: false, typeOnly: false }]],
  [`import './globals.css'`, [{ target: 'lib/oci/globals.css', isOwn: true, typeOnly: false }]],
  [`import type { A } from './a.ts'`, [{ target: 'lib/oci/a.ts', isOwn: true, typeOnly: true }]],
  [`import { type A, b } from '../x/a.ts'`, [{ target: 'lib/x/a.ts', isOwn: true, typeOnly: false }]],
  [
    `import {\n  type A,\n  type B,\n} from '#lib/a.ts'`,
    [{ target: 'lib/a.ts', isOwn: true, typeOnly: true }],
  ],
  [`import * as a from '#e2e/a.ts'`, [{ target: 'e2e/a.ts', isOwn: true, typeOnly: false }]],
  [`export * from './a.ts'`, [{ target: 'lib/oci/a.ts', isOwn: true, typeOnly: false }]],
  [`export type { A } from './a.ts'`, [{ target: 'lib/oci/a.ts', isOwn: true, typeOnly: true }]],
  [`const a = await import('./a.ts')`, [{ target: 'lib/oci/a.ts', isOwn: true, typeOnly: false }]],
  [`/**\n * import { a } from 'a'\n */\n// import 'b'`, []],
  [`export const a = 1\nconst text = "from 'b'"`, []],
])('%j', (text, imports) => {
  expect(parseImports(text, file)).toEqual(imports)
})
