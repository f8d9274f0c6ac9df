import { expect, it } from 'vitest'
import { badgeReference, historyOf } from './badge-reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

it.each([
  ['quay.io/org/app:1.2', 'quay.io/org/app:1.2', '1.2'],
  [`quay.io/org/app:1.2@${digest}`, 'quay.io/org/app:1.2', '1.2'],
  [`quay.io/org/app@${digest}`, `quay.io/org/app@${digest}`, undefined],
])('%s has a badge of %s', (reference, of, tag) => {
  expect(badgeReference(reference)).toBe(of)
  expect(historyOf(reference)).toEqual({ repository: 'quay.io/org/app', ...(tag ? { tag } : {}) })
})
