import { canonicalPlatform, platformText, rawPlatformText } from '#lib/oci/platform.ts'
import { chosenImages } from './compared-images.ts'
import { defineCheck } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'

/**
 * META-004: an entry's variant that stock clients do not ask for (`ppc64le/power9`, `riscv64/rva20u64`, `arm64/v8.2`),
 * and no entry without it beside it. Variants of 32-bit arm are what such machines ask for, and fall back.
 */
export const meta004 = defineCheck<RegistryFacts>('META-004', (facts) => {
  const chosen = chosenImages(facts)
  const listed = new Set(chosen.map(({ platform }) => platformText(platform)))
  return chosen.flatMap(({ image, platform }) => {
    const { os, architecture, variant } = canonicalPlatform(platform)
    const plain = `${os}/${architecture}`
    if (!image.indexPlatform || variant === undefined || architecture === 'arm' || listed.has(plain))
      return []
    return [
      {
        platform: platformText(platform),
        evidence: { digest: image.digest, listed: rawPlatformText(image.indexPlatform), asked: plain },
      },
    ]
  })
})
