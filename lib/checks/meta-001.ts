import { platformsAgree, platformText, rawPlatformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'

/** META-001: what the index says of an image and what its config says cannot both be true. */
export const meta001 = defineCheck<RegistryFacts>('META-001', (facts) =>
  facts.images.flatMap(({ digest, indexPlatform, configPlatform }) => {
    if (!indexPlatform || !configPlatform || platformsAgree(indexPlatform, configPlatform)) return []
    return [
      {
        platform: platformText(indexPlatform),
        evidence: { digest, index: stated(indexPlatform), config: stated(configPlatform) },
      },
    ]
  }),
)

function stated(platform: Parameters<typeof rawPlatformText>[0]): string {
  return platform.osVersion
    ? `${rawPlatformText(platform)} (${platform.osVersion})`
    : rawPlatformText(platform)
}
