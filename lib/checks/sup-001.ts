import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { chosenImages } from './compared-images.ts'
import { defineCheck } from './define-check.ts'
import type { Attached, RegistryFacts } from './facts.ts'
import type { SbomFacts } from './sbom-facts.ts'
import type { Gap } from './unjudged.ts'

const KINDS = [
  { kind: 'SBOM', type: /spdx|cyclonedx|sbom|syft/i },
  { kind: 'provenance', type: /slsa|provenance/i },
] as const
type Kind = (typeof KINDS)[number]['kind']

interface Described {
  readonly platform: string
  readonly digest: string
  readonly kinds: ReadonlySet<Kind>
  /** Something is attached to it whose content is not known. */
  readonly hasUnread: boolean
}

/**
 * SUP-001, first half: some platforms have an SBOM or a provenance and others have none. An image without any lacks
 * nothing, and one for the whole index counts for all. Systems are compared apart: Windows images are built elsewhere.
 */
export const sup001 = defineCheck<RegistryFacts>(
  'SUP-001',
  (facts) =>
    lacks(facts)
      .filter(({ gap }) => gap === undefined)
      .map(({ image, lacking, present }) => ({
        platform: image.platform,
        evidence: { digest: image.digest, reason: 'absent', lacking, present },
      })),
  (facts) =>
    facts.kind === 'index' && facts.attached === undefined
      ? [{ reason: 'attached-not-asked' }]
      : lacks(facts).flatMap(({ gap }) => gap ?? []),
)

/**
 * SUP-001, second half: the packages that an SBOM lists are for another architecture. Packages for all architectures
 * (`all`, `noarch`) and a minority of foreign ones (cross compilers, 32-bit libraries) are no matter.
 */
export const sup001Content = defineCheck<SbomFacts>(
  'SUP-001',
  ({ sboms }) =>
    sboms.flatMap(({ platform, architecture, image, sbom, packages }) => {
      const own = packages[architecture] ?? 0
      const others = Object.entries(packages).filter(([name]) => name !== architecture)
      const [foreign, count] = others.sort(([, a], [, b]) => b - a)[0] ?? ['', 0]
      if (count <= own) return []
      return [{ platform, evidence: { digest: image, reason: 'foreign', sbom, own, foreign, count } }]
    }),
  ({ gaps }) => gaps,
)

interface Lack {
  readonly image: Described
  readonly lacking: readonly Kind[]
  /** Platforms that have what it lacks. */
  readonly present: readonly string[]
  /** Why it cannot be said that it lacks them. */
  readonly gap: Gap | undefined
}

function lacks(facts: RegistryFacts): Lack[] {
  const { attached } = facts
  if (facts.kind === 'image' || !attached) return []
  const ofIndex = kindsOf(attached.list.filter(({ subject }) => subject === facts.digest))
  const systems = Map.groupBy(chosenImages(facts), ({ platform }) => canonicalPlatform(platform).os)
  return [...systems.values()].flatMap((system) => {
    const images = system.map(({ image, platform }): Described => {
      const own = attached.list.filter(({ subject }) => subject === image.digest)
      return {
        platform: platformText(platform),
        digest: image.digest,
        kinds: kindsOf(own).union(ofIndex),
        hasUnread: own.some(({ presence }) => presence === 'unread'),
      }
    })
    const some = KINDS.map(({ kind }) => kind).filter((kind) => images.some(({ kinds }) => kinds.has(kind)))
    return images.flatMap((image): Lack[] => {
      const lacking = some.filter((kind) => !image.kinds.has(kind))
      if (lacking.length === 0) return []
      const present = images.filter(({ kinds }) => lacking.some((kind) => kinds.has(kind)))
      return [
        { image, lacking, present: present.map(({ platform }) => platform), gap: gapOf(image, attached) },
      ]
    })
  })
}

function gapOf({ platform, hasUnread }: Described, { isComplete }: { isComplete: boolean }): Gap | undefined {
  if (hasUnread) return { reason: 'attestation-not-read', platform }
  return isComplete ? undefined : { reason: 'attached-not-told', platform }
}

function kindsOf(attached: readonly Attached[]): Set<Kind> {
  const types = attached.flatMap((each) => (each.presence === 'read' ? each.types : []))
  return new Set(KINDS.flatMap(({ kind, type }) => (types.some((each) => type.test(each)) ? [kind] : [])))
}
