import 'server-only'
import { manifestKindOf } from '#lib/oci/media-type.ts'
import type { FetchedManifest } from '#lib/source/image-source.ts'

/**
 * The exact bytes of a manifest. They are foreign: a media type that Archway does not know is not repeated, and the
 * browser is told not to guess.
 */
export function manifestResponse(manifest: FetchedManifest): Response {
  const known = manifestKindOf(manifest.contentType) !== undefined
  return new Response(new Uint8Array(manifest.bytes), {
    headers: {
      'Content-Type': known && manifest.contentType ? manifest.contentType : 'application/octet-stream',
      'Docker-Content-Digest': manifest.digest,
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': 'inline; filename="manifest.json"',
      'Cache-Control': 'no-store',
    },
  })
}
