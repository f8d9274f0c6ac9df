import { describe, expect, it } from 'vitest'
import { effectiveProfile, type NamedProfile, profilesOf } from './profiles.ts'

const REPOSITORY = 'quay.io/power/app'
const named = (
  name: string,
  profile: NamedProfile['profile'],
  more: Partial<NamedProfile> = {},
): NamedProfile => ({
  name,
  repository: 'quay.io/power/*',
  isDefault: true,
  profile,
  ...more,
})
const PROFILES = [
  named('slow', { timeoutMs: 9_000 }, { isDefault: false }),
  named('smoke', { command: ['--version'], env: { A: '1', B: '2' }, network: true }),
  named('other', {}, { repository: 'quay.io/other/*' }),
]

describe('the profile of a run', () => {
  it('is the repository’s default, with what was stated in its place', () =>
    expect(effectiveProfile(PROFILES, REPOSITORY, { explicit: { env: { B: '3' }, network: false } })).toEqual(
      {
        profile: { command: ['--version'], env: { A: '1', B: '3' }, network: false },
        origin: { name: 'smoke', repository: 'quay.io/power/*', overridden: ['env', 'network'] },
      },
    ))
  it('is the one that is named', () =>
    expect(effectiveProfile(PROFILES, REPOSITORY, { name: 'slow', explicit: {} }).profile).toEqual({
      timeoutMs: 9_000,
    }))
  it('drops the command of the profile where another entrypoint is stated', () =>
    expect(
      effectiveProfile(PROFILES, REPOSITORY, { explicit: { entrypoint: ['/sh'] } }).profile.command,
    ).toBeUndefined())
  it.each([
    ['where none is wanted', REPOSITORY, 'none'],
    ['of a repository without one', 'quay.io/x/y', undefined],
  ])('is what was stated alone %s', (_, repository, name) =>
    expect(effectiveProfile(PROFILES, repository, { name, explicit: {} })).toEqual({ profile: {} }),
  )
  it('that is not there for the repository is refused, and those that are are told', () =>
    expect(() => effectiveProfile(PROFILES, REPOSITORY, { name: 'other', explicit: {} })).toThrow(
      expect.objectContaining({ code: 'request_invalid', hint: 'There is smoke, slow, and none.' }),
    ))
  it('is offered with the default first', () =>
    expect(profilesOf(PROFILES, REPOSITORY).map(({ name }) => name)).toEqual(['smoke', 'slow']))
})
