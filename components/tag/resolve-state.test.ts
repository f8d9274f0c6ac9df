import { expect, test } from 'vitest'
import { summaryFixture } from './fixtures.ts'
import { resolveState } from './resolve-state.ts'

const half = { total: 10, resolved: 4, failed: 1 }

test.each([
  ['a finished listing', { listing: 'complete' }, 'done', 'complete'],
  ['work under way', { ...half, listing: 'resolving' }, 'following', 'resolving'],
  ['names still coming', { ...half, listing: 'listing' }, 'following', 'listing'],
  ['a person who stopped it', { ...half, listing: 'resolving' }, 'stopped', 'stopped'],
  ['a quota that runs out', { ...half, listing: 'paused' }, 'done', 'paused'],
  ['a pause that a person ended', { ...half, listing: 'paused' }, 'following', 'resolving'],
  ['a lost connection', { ...half, listing: 'resolving' }, 'reconnecting', 'reconnecting'],
  ['a listing that broke', { ...half, listing: 'failed' }, 'done', 'failed'],
  ['old answers being checked again', { listing: 'resolving' }, 'following', 'complete'],
] as const)('%s is told as such', (_, summary, phase, state) => {
  expect(resolveState(summaryFixture(summary), phase)).toBe(state)
})
