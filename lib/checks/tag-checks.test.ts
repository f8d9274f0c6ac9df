import { describe, expect, it } from 'vitest'
import { renderFinding } from './render-finding.ts'
import { runTagChecks, tagsNotJudged } from './run-tag-checks.ts'
import type { Baseline, TagFacts } from './tag-facts.ts'

const FOUR = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
const THREE = FOUR.filter((platform) => platform !== 'linux/ppc64le')
const NONE: Baseline = { state: 'none' }

function index(platforms: readonly string[] = FOUR, digest = 'sha256:now') {
  return { kind: 'index' as const, digest, platforms }
}
function was(what: string, platforms: readonly string[] = FOUR): Baseline {
  return { state: 'read', what, ...index(platforms, `sha256:${what}`) }
}
function facts(more: Partial<TagFacts> = {}): TagFacts {
  return {
    tag: '1.1.0',
    image: index(),
    before: NONE,
    earlier: was('1.0.0'),
    newest: undefined,
    archTags: [],
    isArchTag: false,
    ...more,
  }
}
function told(more: Partial<TagFacts>) {
  return runTagChecks(facts(more)).findings.map(
    (finding) => `${finding.code} ${finding.platform ?? '*'} ${renderFinding(finding).message}`,
  )
}

it('a tag that has what the version before had is clean', () =>
  expect(runTagChecks(facts())).toEqual({ findings: [], checked: ['COV-002'], unjudged: [] }))

describe('COV-002', () => {
  it('finds a platform that the version before had', () =>
    expect(runTagChecks(facts({ image: index(THREE) })).findings).toEqual([
      {
        code: 'COV-002',
        severity: 'error',
        platform: 'linux/ppc64le',
        evidence: { baseline: '1.0.0', baselineDigest: 'sha256:1.0.0', present: THREE },
      },
    ]))
  it('finds a platform that the same tag had before it moved, once', () =>
    expect(told({ image: index(THREE), before: was('1.1.0 before it moved') })).toEqual([
      'COV-002 linux/ppc64le 1.1.0 before it moved has this platform; this image has linux/amd64, linux/arm64 and linux/s390x only.',
    ]))
  it('takes no variant for the platform', () =>
    expect(told({ image: index([...THREE, 'linux/ppc64le/power9']) })).toHaveLength(1))
  it('names the cause where a plain image has replaced an index', () =>
    expect(
      told({
        image: { ...index(['linux/amd64']), kind: 'image' },
        earlier: was('1.0.0', ['linux/amd64', 'linux/s390x']),
      }),
    ).toEqual([
      'COV-002 linux/s390x 1.0.0 has this platform; this is a plain image for linux/amd64.',
      'COV-004 * It is a plain image for linux/amd64; 1.0.0 is an index of 2 platforms.',
    ]))
  it.each<[string, Partial<TagFacts>]>([
    ['more platforms than before', { earlier: was('1.0.0', THREE) }],
    ['an artifact before', { earlier: { ...was('1.0.0'), kind: 'artifact' } as Baseline }],
  ])('lets %s be', (_, more) => expect(told(more)).toEqual([]))
  it('says when there is nothing to compare with', () =>
    expect(runTagChecks(facts({ earlier: NONE }))).toEqual({
      findings: [],
      checked: [],
      unjudged: [{ reason: 'nothing-earlier', what: '1.1.0', codes: ['COV-002'], platforms: [] }],
    }))
  it('says when the version before could not be read', () =>
    expect(runTagChecks(facts({ earlier: { state: 'unread', what: '1.0.0' } })).unjudged).toMatchObject([
      { reason: 'tag-not-read', what: '1.0.0' },
    ]))
})

describe('COV-003', () => {
  const latest = { tag: 'latest', earlier: NONE }
  it('finds what the newest version has and latest lacks', () =>
    expect(told({ ...latest, image: index(THREE), newest: was('2.0.0') })).toEqual([
      'COV-003 linux/ppc64le 2.0.0, the newest version, has this platform; this image has linux/amd64, linux/arm64 and linux/s390x only.',
    ]))
  it.each<[string, Partial<TagFacts>]>([
    ['the same digest', { newest: { ...was('2.0.0'), digest: 'sha256:now' } as Baseline }],
    ['more than the newest version', { newest: was('2.0.0', THREE) }],
    ['no version at all', { newest: NONE }],
  ])('lets %s be', (_, more) => expect(told({ ...latest, ...more })).toEqual([]))
  it('looks only at tags that float, and says when it could not', () => {
    expect(runTagChecks(facts()).checked).not.toContain('COV-003')
    const unread = runTagChecks(facts({ newest: { state: 'unread', what: '2.0.0' } }))
    expect(unread.unjudged).toMatchObject([{ codes: ['COV-003'], what: '2.0.0' }])
  })
})

describe('COV-004', () => {
  const plain = { kind: 'image' as const, digest: 'sha256:now', platforms: ['linux/amd64'] }
  const archTags = ['amd64', 'ppc64le'].map((arch) => ({ name: `1.1.0-${arch}`, platform: `linux/${arch}` }))
  it('finds a plain image beside tags that wait to be joined', () =>
    expect(told({ image: plain, earlier: NONE, archTags })).toEqual([
      'COV-004 * It is a plain image for linux/amd64, beside 1.1.0-amd64 and 1.1.0-ppc64le.',
    ]))
  it('finds a plain image where the tag was an index', () =>
    expect(
      runTagChecks(facts({ image: plain, before: was('before') })).findings.filter(
        ({ code }) => code === 'COV-004',
      ),
    ).toMatchObject([{ severity: 'warning', evidence: { baseline: 'before', expected: FOUR } }]))
  it.each<[string, Partial<TagFacts>]>([
    ['a TAG-ARCH tag', { image: plain, earlier: NONE, archTags, isArchTag: true }],
    ['a repository for one platform', { image: plain, earlier: { state: 'read', what: '1.0.0', ...plain } }],
    ['an index of one platform before', { image: plain, earlier: was('1.0.0', ['linux/amd64']) }],
    ['one TAG-ARCH tag', { image: plain, earlier: NONE, archTags: archTags.slice(0, 1) }],
    ['an index', { archTags }],
  ])('lets %s be', (_, more) => expect(told(more)).toEqual([]))
})

it('tags that were not listed leave every check unjudged', () =>
  expect(tagsNotJudged({ reason: 'no-tag' })).toEqual({
    findings: [],
    checked: [],
    unjudged: [{ reason: 'no-tag', codes: ['COV-002', 'COV-003', 'COV-004'], platforms: [] }],
  }))
