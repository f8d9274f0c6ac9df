import { expect, it } from 'vitest'
import { checkNotes } from './check-notes.ts'

it('says which checks looked, and where and why others could not', () =>
  expect(
    checkNotes({
      accepted: [
        {
          code: 'META-005',
          severity: 'warning',
          platform: 'linux/s390x',
          evidence: {},
          title: 't',
          message: 'User is 1.',
          reason: 'no JIT',
          expires: '2026-12-31',
        },
      ],
      checked: ['META-002', 'COV-005'],
      unjudged: [
        {
          codes: ['META-001'],
          platforms: ['linux/ppc64le'],
          reason: 'image-not-read',
          message: 'it could not be read',
        },
        { codes: ['COV-002', 'COV-003'], platforms: [], reason: 'no-tag', message: 'asked by digest' },
      ],
    }),
  ).toEqual({
    accepted: [{ code: 'META-005', text: 'linux/s390x: User is 1. Until 2026-12-31: no JIT' }],
    looked: ['COV-005', 'META-002'],
    gaps: [
      { codes: ['META-001'], text: 'linux/ppc64le: it could not be read.' },
      { codes: ['COV-002', 'COV-003'], text: 'asked by digest.' },
    ],
  }))

it('counts platforms beyond six', () => {
  const platforms = Array.from({ length: 8 }, (_, at) => `linux/p${at}`)
  const [gap] = checkNotes({ unjudged: [{ codes: ['X'], platforms, reason: 'r', message: 'm' }] }).gaps
  expect(gap?.text).toMatch(/linux\/p5 and 2 more: m\.$/)
})

it('says nothing of an answer that tells nothing of checks', () =>
  expect(checkNotes({})).toEqual({ accepted: [], looked: [], gaps: [] }))
