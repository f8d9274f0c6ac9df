import type { ImagePlatformDto } from '#lib/api/image.ts'

/** What choosing and counting need of a platform's image; the rest of it stays on the server. */
export interface ValidatedPlatform {
  /** As the index names it; where it names nothing, as the config does. */
  readonly platform: string
  readonly os: string
  readonly presence: ImagePlatformDto['presence']
  readonly sizeBytes?: number | undefined
  readonly layers: readonly { readonly digest: string; readonly sizeBytes: number }[]
}

/** The platforms of an image; of several entries for one platform the first, which is what clients take. */
export function validatedPlatforms(entries: readonly ImagePlatformDto[]): readonly ValidatedPlatform[] {
  const first = new Map<string, ValidatedPlatform>()
  for (const { platform: stated, rawPlatform, os, config, presence, sizeBytes, layers } of entries) {
    const platform = rawPlatform === undefined && config ? config.platform : stated
    if (first.has(platform)) continue
    first.set(platform, {
      platform,
      os: platform === stated ? os : platform.slice(0, platform.indexOf('/')),
      presence,
      sizeBytes,
      layers: layers.map((layer) => ({ digest: layer.digest, sizeBytes: layer.sizeBytes })),
    })
  }
  return [...first.values()]
}
