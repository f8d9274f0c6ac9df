import type { ImagePlatformDto } from '#lib/api/image.ts'

/** What the page needs to know of a platform before any layer is read. */
export interface ContentsPlatform extends Pick<ImagePlatformDto, 'platform' | 'layers' | 'history'> {
  /** The base image, where the builder wrote it down. */
  readonly base: string | undefined
}

/** What every part of the page is given. */
export interface PartProps {
  readonly reference: string
  readonly platform: ContentsPlatform
}
