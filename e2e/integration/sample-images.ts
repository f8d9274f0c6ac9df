import path from 'node:path'
import type { ProbeImage } from '#lib/engine/probe/probe-engine.ts'
import { decodeManifest } from '#lib/oci/manifest.ts'
import { imageLoadRequest } from '#lib/service/image-load-request.ts'
import { LayoutSource } from '#lib/source/layout/layout-source.ts'

const projectRoot = path.resolve(import.meta.dirname, '../..')

/** The sample's images as a probe takes them, read from the committed layout by the product's own source. */
export async function readSampleImages(): Promise<readonly ProbeImage[]> {
  const folder = path.join(projectRoot, 'samples/multiarch-app/layout')
  const source = new LayoutSource({ kind: 'layout', path: folder }, { roots: [folder], baseDir: projectRoot })
  const fetched = await source.getManifest('latest')
  const index = decodeManifest(fetched.bytes, fetched.contentType, 'The sample')
  if (index.kind !== 'index') throw new Error('the sample is an index')
  return Promise.all(
    index.children.map(async (child) => {
      const { bytes, contentType } = await source.getManifest(child.digest)
      const manifest = decodeManifest(bytes, contentType, 'The sample')
      if (manifest.kind !== 'image' || child.platform === undefined)
        throw new Error('its children are images')
      return { ...imageLoadRequest(source, manifest), platform: child.platform }
    }),
  )
}
