import type { ProbeImage } from '#lib/engine/probe/probe-engine.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { decodeManifest } from '#lib/oci/manifest.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'
import { imageLoadRequest } from '../image-load-request.ts'

/** Of Archway’s own sample. */
const TAG = 'latest'

/**
 * The sample's images as a probe takes them, one a platform. Each can be loaded once: read them anew for each probe.
 * Throws what the source throws, `layout_invalid` when the sample is not the index it should be.
 */
export async function readProbeImages(
  sample: ImageSource,
  options: CallOptions = {},
): Promise<readonly ProbeImage[]> {
  const fetched = await sample.getManifest(TAG, options)
  const index = decodeManifest(fetched.bytes, fetched.contentType, 'The sample')
  if (index.kind !== 'index') throw notTheSample()
  return Promise.all(
    index.children.map(async ({ digest, platform }) => {
      const { bytes, contentType } = await sample.getManifest(digest, options)
      const manifest = decodeManifest(bytes, contentType, 'The sample')
      if (manifest.kind !== 'image' || platform === undefined) throw notTheSample()
      return { ...imageLoadRequest(sample, manifest, options), platform }
    }),
  )
}

function notTheSample(): AppError {
  return new AppError(
    'layout_invalid',
    'Archway’s own sample image is damaged, so no engine can be probed.',
    {
      hint: 'Check out samples/multiarch-app/layout again.',
    },
  )
}
