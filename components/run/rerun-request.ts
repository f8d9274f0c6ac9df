import type { RunDto, RunRequestDto } from '#lib/api/runs.ts'

type RerunSource = Pick<RunDto, 'reference' | 'digest' | 'profile' | 'profileOrigin' | 'leftOut'> & {
  readonly removeImages?: boolean
  readonly jobs: readonly {
    readonly platform: string
    readonly digest?: string | undefined
    readonly verdict?: RunDto['verdict'] | undefined
  }[]
}

/** The platforms of a run that is over which did not pass, whatever the reason. */
export function unpassedPlatforms({ jobs }: Pick<RerunSource, 'jobs'>): readonly string[] {
  return jobs.filter(({ verdict }) => verdict !== 'passed').map(({ platform }) => platform)
}

/**
 * What to ask for to repeat a run: of the same digest, though the tag may have moved on, with the same profile. With
 * `platforms` only those.
 */
export function rerunRequest(run: RerunSource, platforms?: readonly string[]): RunRequestDto {
  const { reference, digest, profile, profileOrigin, leftOut, removeImages } = run
  // Whoever asked for all asks for none by name; a platform that the image does not have was asked for by name.
  const isWhole = leftOut.length === 0 && run.jobs.every((job) => job.digest !== undefined)
  const asked = platforms ?? (isWhole ? undefined : run.jobs.map(({ platform }) => platform))
  return {
    ref: reference.includes('@') ? reference : `${reference}@${digest}`,
    ...(asked === undefined ? {} : { platforms: [...asked] }),
    ...(Object.keys(profile).length === 0 ? {} : { profile }),
    // The profile of archway.yaml is in it already, as it was then.
    ...(profileOrigin === undefined ? {} : { profileName: 'none' }),
    ...(removeImages ? { removeImages } : {}),
  }
}
