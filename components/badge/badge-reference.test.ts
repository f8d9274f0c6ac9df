import { expect, it } from 'vitest'
import { badgeReference } from './badge-reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

it.each([
  ['quay.io/org/app:1.2', 'quay.io/org/app:1.2'],
  [`quay.io/org/app:1.2@${digest}`, 'quay.io/org/app:1.2'],
  [`quay.io/org/app@${digest}`, `quay.io/org/app@${digest}`],
])('%s has a badge of %s', (reference, of) => {
  expect(badgeReference(reference)).toBe(of)
})
