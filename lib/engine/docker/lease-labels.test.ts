import { expect, test } from 'vitest'
import { leaseLabels, maySweep } from './lease-labels.ts'

const now = new Date('2026-01-01T12:00:00Z')
const before = new Date('2026-01-01T11:59:59Z')
const after = new Date('2026-01-01T12:00:01Z')

test.each([
  ['our own, lease running', leaseLabels({ instance: 'us', until: after }), true],
  ['our own, lease over', leaseLabels({ instance: 'us', until: before }), true],
  ['another’s, lease running', leaseLabels({ instance: 'them', until: after }), false],
  ['another’s, lease over', leaseLabels({ instance: 'them', until: before }), true],
  ['no lease at all', { 'archway.instance': 'us' }, false],
  ['a lease that cannot be read', { 'archway.instance': 'them', 'archway.lease-until': 'soon' }, false],
  ['nothing of ours', { 'com.example': 'x' }, false],
])('sweeping %s', (_, labels, may) => expect(maySweep(labels, 'us', now)).toBe(may))
