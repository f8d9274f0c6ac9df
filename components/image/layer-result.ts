import type { ImageResponse } from '#lib/api/image.ts'

/** Checks that read layers; META-003 weighs more once the files of a shared base are known. */
const BY_LAYERS = /^(ELF|GO|PKG|PY|DIR)-|^META-003$/

/** What the checks of the layers say beyond what the page tells already. */
export function layerResult(
  { findings, checked = [], unjudged = [] }: Pick<ImageResponse, 'findings' | 'checked' | 'unjudged'>,
  looked: readonly string[],
): {
  readonly findings: ImageResponse['findings']
  readonly checked: readonly string[]
  readonly unjudged: NonNullable<ImageResponse['unjudged']>
} {
  return {
    findings: findings.filter(({ code }) => BY_LAYERS.test(code)),
    checked: checked.filter((code) => BY_LAYERS.test(code) && !looked.includes(code)).toSorted(),
    unjudged: unjudged.filter(({ codes }) => codes.some((code) => BY_LAYERS.test(code))),
  }
}

/** How much there is to read: each layer once, whatever number of platforms have it. */
export function layersOf({ platforms }: Pick<ImageResponse, 'platforms'>): {
  readonly count: number
  readonly sizeBytes: number
} {
  const sizes = new Map(
    platforms.flatMap(({ layers }) => layers.map(({ digest, sizeBytes }) => [digest, sizeBytes] as const)),
  )
  return { count: sizes.size, sizeBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) }
}
