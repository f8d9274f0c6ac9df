import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Finding } from '#lib/checks/finding.ts'
import { applyExceptions } from './apply-exceptions.ts'
import { matchesRepository } from './match-repository.ts'
import type { PolicyException } from './policy.ts'
import { policyFields, toPolicy } from './policy-schema.ts'
import { requiredPlatforms } from './required-platforms.ts'

const schema = z.strictObject(policyFields)
const NOW = new Date('2026-06-01T12:00:00Z')

describe('a pattern of repositories', () => {
  it.each([
    ['quay.io/power/app', 'quay.io/power/app', true],
    ['quay.io/power/app', 'quay.io/power/*', true],
    ['quay.io/power/deep/app', 'quay.io/power/*', false],
    ['quay.io/power/deep/app', 'quay.io/power/**', true],
    ['quay.io/power/app', '**', true],
    ['quay.io/power/app', '*', true],
    ['quay.io/power/app', '*/power/*', true],
    ['quay.io/power/app-extra', 'quay.io/power/app', false],
    ['docker.io/library/nginx', 'nginx', true],
    ['docker.io/library/nginx', 'ng*', true],
    ['docker.io/org/app', 'org/*', true],
    ['localhost:5000/app', 'localhost:5000/*', true],
    ['quay.io/power/app', 'quayXio/power/app', false],
    ['oci:samples/app', 'oci:samples/*', true],
  ])('%s against %s: %s', (repository, pattern, matches) =>
    expect(matchesRepository(repository, pattern)).toBe(matches),
  )
})

describe('what is required', () => {
  const policy = toPolicy(
    schema.parse({
      require: [
        { repository: 'quay.io/power/*', platforms: ['amd64', 'ppc64el'] },
        { repository: 'quay.io/power/app', tags: ['v*', 'latest'], platforms: ['s390x', 'linux/amd64'] },
      ],
    }),
  )
  const of = (repository: string, tag: string | undefined, kind: 'index' | 'image' = 'index') =>
    requiredPlatforms(policy, { repository, tag, kind })

  it.each([
    [
      'every requirement that matches, once, in the fixed order',
      'quay.io/power/app',
      'v1.0',
      ['linux/amd64', 'linux/ppc64le', 'linux/s390x'],
    ],
    ['no requirement of other tags', 'quay.io/power/app', '1.0', ['linux/amd64', 'linux/ppc64le']],
    ['nothing of other repositories', 'quay.io/other/app', 'v1.0', []],
    ['nothing of a tag that names an architecture', 'quay.io/power/app', 'v1.0-ppc64le', []],
    ['what holds for all tags, by digest', 'quay.io/power/app', undefined, ['linux/amd64', 'linux/ppc64le']],
  ])('%s', (_, repository, tag, platforms) => expect(of(repository, tag)).toEqual(platforms))
  it('nothing of a single image by digest', () =>
    expect(of('quay.io/power/app', undefined, 'image')).toEqual([]))
})

describe('exceptions', () => {
  const drift: Finding = { code: 'META-005', severity: 'warning', platform: 'linux/s390x', evidence: {} }
  const exception: PolicyException = {
    check: 'META-005',
    platform: 'linux/s390x',
    repository: 'quay.io/power/*',
    reason: 'no JIT there',
    expires: '2026-06-01',
  }
  const apply = (finding: Finding, ...exceptions: readonly PolicyException[]) =>
    applyExceptions([finding], { require: [], exceptions }, 'quay.io/power/app', NOW)
  const { platform: _, ...anywhere } = exception
  const { platform: __, ...whole } = drift

  it('hold until the end of their last day', () =>
    expect(apply(drift, exception)).toEqual({ findings: [], accepted: [{ finding: drift, exception }] }))
  it('that are over accept nothing, and are told', () => {
    const expired = { ...exception, expires: '2026-05-31' }
    expect(apply(drift, expired)).toEqual({ findings: [{ finding: drift, expired }], accepted: [] })
    expect(apply(drift, expired, exception).accepted).toHaveLength(1)
  })
  it.each<[string, Finding, PolicyException, boolean]>([
    ['another check', { ...drift, code: 'META-006' }, exception, false],
    ['another platform', { ...drift, platform: 'linux/ppc64le' }, exception, false],
    ['another repository', drift, { ...exception, repository: 'quay.io/other/*' }, false],
    ['the whole index, from one for a platform', whole, exception, false],
    ['the whole index, from one for all', whole, anywhere, true],
    ['every platform, from one for all', drift, anywhere, true],
  ])('%s', (_what, finding, each, isAccepted) =>
    expect(apply(finding, each).accepted.length === 1).toBe(isAccepted),
  )
})

describe('the schema', () => {
  const exception = { check: 'META-005', repository: '**', reason: 'why', expires: '2026-12-31' }
  it.each<[string, unknown, string]>([
    [
      'a check that is none',
      { exceptions: [{ ...exception, check: 'META-099' }] },
      'must be the id of a check',
    ],
    ['no reason', { exceptions: [{ ...exception, reason: ' ' }] }, 'must say why'],
    ['a day that is none', { exceptions: [{ ...exception, expires: '2026-02-30' }] }, 'must be a day'],
    ['no day', { exceptions: [{ ...exception, expires: undefined }] }, 'must be a day'],
    ['an unknown key', { exceptions: [{ ...exception, until: 'x' }] }, 'Unrecognized key'],
    [
      'a platform that is none',
      { require: [{ repository: '**', platforms: ['a/b/c/d'] }] },
      'cannot be used: “a/b/c/d” is not a platform',
    ],
    ['no platform', { require: [{ repository: '**', platforms: [] }] }, 'must name a platform'],
    [
      'a tag in the repository',
      { require: [{ repository: 'quay.io/a/b:1', platforms: ['amd64'] }] },
      'must not hold a tag',
    ],
    [
      'a digest in the repository',
      { require: [{ repository: 'a@sha256:1', platforms: ['amd64'] }] },
      'without spaces, tag or digest',
    ],
  ])('refuses %s', (_, value, says) => {
    const { error } = schema.safeParse(value)
    expect(error?.issues.map(({ message }) => message)).toContainEqual(expect.stringContaining(says))
  })
  it('takes a port for no tag', () =>
    expect(
      schema.safeParse({ require: [{ repository: 'localhost:5000/a', platforms: ['amd64'] }] }).success,
    ).toBe(true))
  it('is empty when nothing is said', () =>
    expect(toPolicy(schema.parse({}))).toEqual({ require: [], exceptions: [] }))
})
