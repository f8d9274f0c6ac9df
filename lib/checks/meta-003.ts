import { unreadImages } from './compared-images.ts'
import { defineCheck } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'
import { sharedBases } from './shared-base.ts'

/**
 * META-003: images for different architectures stand on the same base layer. A warning: only a look into the layer
 * proves that it holds one architecture's binaries. Empty, certificate and asset layers are rightly shared.
 */
export const meta003 = defineCheck<RegistryFacts>(
  'META-003',
  (facts) => sharedBases(facts).map((base) => ({ evidence: { ...base } })),
  unreadImages,
)
