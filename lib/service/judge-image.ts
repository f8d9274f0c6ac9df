import type { AttestationDto, ReferrerDto } from '#lib/api/image.ts'
import type { AcceptedDto, FindingDto, UnjudgedDto } from '#lib/api/parts.ts'
import type { Attached, AttachedFacts, ListedImage, RegistryFacts } from '#lib/checks/facts.ts'
import type { Finding } from '#lib/checks/finding.ts'
import { renderFinding } from '#lib/checks/render-finding.ts'
import { type Judgement, runRegistryChecks } from '#lib/checks/run-checks.ts'
import { unjudgedText } from '#lib/checks/unjudged.ts'
import { applyExceptions } from '#lib/coverage/apply-exceptions.ts'
import { NO_POLICY, type PolicyException } from '#lib/coverage/policy.ts'
import type { Digest } from '#lib/oci/digest.ts'
import type { ServiceContext } from './context.ts'
import type { ReadImage } from './read-image.ts'
import type { IndexContent } from './read-index-content.ts'

/** What one look at a registry brought of an image. */
interface JudgedImage {
  readonly kind: 'index' | 'image'
  readonly digest: Digest
  readonly content: IndexContent
  /** Absent where nobody asked what is attached. */
  readonly attached?: AttachedFacts
}

/** What the tier R checks make of what was read of an image, as data. */
export function judgeImage(image: JudgedImage): Judgement {
  return runRegistryChecks(registryFacts(image))
}

/** Judgements as they go out. */
export interface JudgementDto {
  readonly findings: FindingDto[]
  readonly accepted: AcceptedDto[]
  readonly checked: string[]
  readonly unjudged: UnjudgedDto[]
}

/** Findings with their text, those that the policy accepts apart; what was looked at, and what was not. */
export function judgementDto(
  { policy = NO_POLICY, now }: ServiceContext,
  repository: string,
  { findings, checked, unjudged }: Judgement,
): JudgementDto {
  const decided = applyExceptions(findings, policy, repository, now())
  return {
    findings: decided.findings.map(({ finding, expired }) => findingDto(finding, expired)),
    accepted: decided.accepted.map(({ finding, exception: { reason, expires } }) => ({
      ...findingDto(finding),
      reason,
      expires,
    })),
    checked: [...checked],
    unjudged: unjudged.map((each) => ({
      codes: [...each.codes],
      platforms: [...each.platforms],
      reason: each.reason,
      message: unjudgedText(each),
    })),
  }
}

/** What attestations and referrers say of which image. */
export function attachedFacts(
  attestations: readonly AttestationDto[],
  referrers: readonly ReferrerDto[],
  isComplete: boolean,
): AttachedFacts {
  const list = attestations.flatMap(({ subject, predicateTypes, presence }): Attached[] => {
    if (subject === undefined) return []
    const seen = presence === 'present' ? 'read' : presence === 'missing' ? 'missing' : 'unread'
    return [{ subject, types: predicateTypes, presence: seen }]
  })
  const others = referrers.map(
    ({ subject, artifactType }): Attached => ({
      subject,
      types: artifactType === undefined ? [] : [artifactType],
      presence: 'read',
    }),
  )
  return { list: [...list, ...others], isComplete }
}

function findingDto(finding: Finding, expired?: PolicyException): FindingDto {
  const { title, message } = renderFinding(finding)
  const late = expired ? ` The exception for it expired on ${expired.expires} (“${expired.reason}”).` : ''
  return { ...finding, evidence: { ...finding.evidence }, title, message: `${message}${late}` }
}

function registryFacts({ kind, digest, content, attached }: JudgedImage): RegistryFacts {
  return {
    kind,
    digest,
    images: content.images.map(listedImage),
    nestedIndexes: content.others.filter((other) => other.reason === 'index').map((other) => other.digest),
    ...(attached ? { attached } : {}),
  }
}

function listedImage({ digest, indexPlatform, nestedIn, manifest, config }: ReadImage): ListedImage {
  return {
    digest,
    ...(indexPlatform ? { indexPlatform } : {}),
    ...(config?.platform ? { configPlatform: config.platform } : {}),
    ...(config ? { config } : {}),
    ...(manifest ? { configDigest: manifest.config.digest, layers: manifest.layers } : {}),
    ...(nestedIn ? { nestedIn } : {}),
  }
}
