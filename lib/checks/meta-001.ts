import { platformsAgree, platformText, rawPlatformText } from '#lib/oci/platform.ts'
import { unreadImages } from './compared-images.ts'
import { defineCheck } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'
import { sharedBases } from './shared-base.ts'

/**
 * META-001: what the index says of an image and what its config says cannot both be true. Where it stands on a base of
 * another architecture's image, that is named as the cause.
 */
export const meta001 = defineCheck<RegistryFacts>(
  'META-001',
  (facts) => {
    const bases = sharedBases(facts)
    return facts.images.flatMap(({ digest, indexPlatform, configPlatform }) => {
      if (!indexPlatform || !configPlatform || platformsAgree(indexPlatform, configPlatform)) return []
      const base = bases.find(({ digests }) => digests.includes(digest))
      const own = platformText(indexPlatform)
      const sharers = base?.platforms.filter((platform) => platform !== own) ?? []
      return [
        {
          platform: own,
          evidence: {
            digest,
            index: stated(indexPlatform),
            config: stated(configPlatform),
            ...(base ? { sharedBase: base.layer, sharedWith: sharers } : {}),
          },
        },
      ]
    })
  },
  (facts) => (facts.kind === 'index' ? unreadImages(facts) : []),
)

function stated(platform: Parameters<typeof rawPlatformText>[0]): string {
  return platform.osVersion
    ? `${rawPlatformText(platform)} (${platform.osVersion})`
    : rawPlatformText(platform)
}
