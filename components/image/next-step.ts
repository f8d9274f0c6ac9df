import type { ProblemDto } from '#lib/api/parts.ts'

const STEPS: Readonly<Record<string, string>> = {
  manifest_unknown:
    'The tag may have been moved, deleted or mistyped; the list of the repository’s tags shows what there is. A registry may also say so of what it does not let you see.',
  repository_unknown:
    'Check the name, and whether the repository is private: docker login on the machine that runs Archway gives it your rights.',
  unauthorised: 'docker login on the machine that runs Archway gives it your rights; then try again.',
  forbidden:
    'The account in use may not read this repository. docker login with another one, then try again.',
  registry_unavailable: 'Check the host and the port, then try again.',
  registry_timeout: 'The registry may be busy; try again in a moment.',
}

const CHILD_MISSING =
  'A mirror may have left it out on purpose. Otherwise push this image again, or take its entry out of the index.'

/** The problem of a reference with a next step, also where the source of the failure named none. */
export function withNextStep(problem: ProblemDto): ProblemDto {
  return withHint(problem, STEPS[problem.code])
}

/** The same for a child of an index. */
export function withChildStep(problem: ProblemDto): ProblemDto {
  return withHint(problem, problem.code === 'manifest_unknown' ? CHILD_MISSING : STEPS[problem.code])
}

function withHint(problem: ProblemDto, fallback: string | undefined): ProblemDto {
  const step = problem.hint ?? fallback
  return step === undefined ? problem : { ...problem, hint: step }
}
