import { type ComparedImage, comparedImages, unreadImages } from './compared-images.ts'
import { defineCheck, type Report } from './define-check.ts'
import type { RegistryFacts } from './facts.ts'

const MAX_SHARE_APART = 0.3
/** Images of a few kilobytes differ by a third for no reason at all. */
const MIN_BYTES_APART = 1_000_000
/** With two, nobody can tell which of them is odd. */
const MIN_IMAGES = 3

/** META-007: an image has many more or fewer layers or bytes than the median of the others for its system. */
export const meta007 = defineCheck<RegistryFacts>(
  'META-007',
  (facts) =>
    comparedImages(facts).flatMap((images) => [
      ...outliers(images, 'layers', ({ layers }) => layers.length, 1),
      ...outliers(
        images,
        'bytes',
        ({ layers }) => layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        MIN_BYTES_APART,
      ),
    ]),
  unreadImages,
)

function outliers(
  images: readonly ComparedImage[],
  what: 'layers' | 'bytes',
  measure: (image: ComparedImage) => number,
  least: number,
): Report[] {
  const usual = median(images.map(measure))
  const odd = images.filter((image) => {
    const apart = Math.abs(measure(image) - usual)
    return apart >= least && apart > usual * MAX_SHARE_APART
  })
  // Where half of them are odd, none is: they simply vary.
  if (images.length < MIN_IMAGES || odd.length * 2 >= images.length) return []
  return odd.map((image) => ({
    platform: image.platform,
    evidence: { digest: image.digest, what, value: measure(image), usual },
  }))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
