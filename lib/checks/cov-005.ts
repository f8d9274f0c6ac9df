import { platformKey, platformText } from '#lib/oci/platform.ts'
import { defineCheck, type Report } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'

/**
 * COV-005: duplicate platform entries, entries without a platform, nested indexes. Windows builds differ by
 * `os.version` and are no duplicates; `arm64` and `arm64/v8` are. A single image has no entries to judge.
 */
export const cov005 = defineCheck<RegistryFacts>('COV-005', (facts) => {
  if (facts.kind === 'image') return []
  return [...duplicates(facts), ...nameless(facts), ...nested(facts)]
})

function duplicates({ images }: RegistryFacts): Report[] {
  const entries = new Map<string, { platform: string; digests: string[] }>()
  for (const { digest, indexPlatform } of images) {
    if (!indexPlatform) continue
    const key = platformKey(indexPlatform)
    const entry = entries.get(key) ?? { platform: platformText(indexPlatform), digests: [] }
    entry.digests.push(digest)
    entries.set(key, entry)
  }
  return [...entries.values()].flatMap(({ platform, digests }) =>
    digests.length > 1 ? [{ platform, evidence: { reason: 'duplicate', digests } }] : [],
  )
}

function nameless({ images }: RegistryFacts): Report[] {
  return images.flatMap(({ digest, indexPlatform, configPlatform }) =>
    indexPlatform
      ? []
      : [
          {
            ...(configPlatform ? { platform: platformText(configPlatform) } : {}),
            evidence: { reason: 'no-platform', digest },
          },
        ],
  )
}

function nested({ nestedIndexes }: RegistryFacts): Report[] {
  return nestedIndexes.map((digest) => ({ evidence: { reason: 'nested', digest } }))
}
