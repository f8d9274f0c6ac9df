import type { ListedImage, RegistryFacts } from '../facts.ts'
import { renderFinding } from '../render-finding.ts'
import { runRegistryChecks } from '../run-checks.ts'
import { indexFacts, type ListedImageSpec, listedImage } from './listed-image.ts'

const NOTHING_ATTACHED = { list: [], isComplete: true }

/** The usual four. */
export const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']

/** The four platforms, each made by `specOf`. */
export function four(specOf: (platform: string) => ListedImageSpec = () => ({})): ListedImage[] {
  return PLATFORMS.map((platform) => listedImage(platform, specOf(platform)))
}
/** The four platforms, one of them with a difference. */
export function odd(spec: ListedImageSpec, which = 'linux/ppc64le'): ListedImage[] {
  return four((platform) => (platform === which ? spec : {}))
}
/** What the registry checks make of an index of these images, to which nothing is attached. */
export function judge(images: readonly ListedImage[], more: Partial<RegistryFacts> = {}) {
  return runRegistryChecks(indexFacts(images, { attached: NOTHING_ATTACHED, ...more }))
}
/** The findings as lines: code, platform or `*`, message. */
export function told(images: readonly ListedImage[], more: Partial<RegistryFacts> = {}) {
  return judge(images, more).findings.map(
    (finding) => `${finding.code} ${finding.platform ?? '*'} ${renderFinding(finding).message}`,
  )
}
