import type { ImagePlatformDto } from '#lib/api/image.ts'
import { cov001 } from '#lib/checks/cov-001.ts'
import type { Judgement } from '#lib/checks/run-checks.ts'
import { judge } from '#lib/checks/run-checks.ts'
import { NO_POLICY } from '#lib/coverage/policy.ts'
import { type RequiredOf, requiredPlatforms } from '#lib/coverage/required-platforms.ts'
import type { ServiceContext } from './context.ts'

/**
 * Judges an image by what the policy requires of its repository and tag. A platform whose image is not in the registry
 * is listed and not there. Where nothing is required, no check says that it looked.
 */
export function judgePolicy(
  { policy = NO_POLICY }: ServiceContext,
  image: RequiredOf,
  platforms: readonly Pick<ImagePlatformDto, 'platform' | 'presence'>[],
): Judgement {
  const required = requiredPlatforms(policy, image)
  if (required.length === 0) return { findings: [], checked: [], unjudged: [] }
  const present = platforms.filter(({ presence }) => presence !== 'missing').map(({ platform }) => platform)
  return judge([cov001], { required, present: [...new Set(present)] })
}
