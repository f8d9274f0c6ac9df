import type { FindingDto } from '#lib/api/parts.ts'
import type { ListedImage } from '#lib/checks/facts.ts'
import type { Finding } from '#lib/checks/finding.ts'
import { renderFinding } from '#lib/checks/render-finding.ts'
import { runRegistryChecks } from '#lib/checks/run-checks.ts'
import type { ReadImage } from './read-image.ts'
import type { IndexContent } from './read-index-content.ts'

/** Findings of the tier R checks over what was read of an image, as data. */
export function findImageFaults(kind: 'index' | 'image', content: IndexContent): Finding[] {
  return runRegistryChecks({
    kind,
    images: content.images.map(listedImage),
    nestedIndexes: content.others.filter((other) => other.reason === 'index').map((other) => other.digest),
  })
}

/** The same findings with their text. */
export function judgeImage(kind: 'index' | 'image', content: IndexContent): FindingDto[] {
  return findImageFaults(kind, content).map((finding) => ({
    ...finding,
    evidence: { ...finding.evidence },
    ...renderFinding(finding),
  }))
}

function listedImage(image: ReadImage): ListedImage {
  return {
    digest: image.digest,
    ...(image.indexPlatform ? { indexPlatform: image.indexPlatform } : {}),
    ...(image.config?.platform ? { configPlatform: image.config.platform } : {}),
    ...(image.manifest ? { configDigest: image.manifest.config.digest } : {}),
    ...(image.nestedIn ? { nestedIn: image.nestedIn } : {}),
  }
}
