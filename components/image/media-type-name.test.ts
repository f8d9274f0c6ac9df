import { expect, test } from 'vitest'
import { mediaTypeName } from './media-type-name.ts'

test.each([
  ['application/vnd.oci.image.index.v1+json', 'OCI index'],
  ['application/vnd.docker.distribution.manifest.list.v2+json', 'Docker manifest list'],
  ['application/vnd.oci.image.layer.v1.tar+gzip', 'tar+gzip'],
  ['application/vnd.oci.image.layer.v1.tar+zstd', 'tar+zstd'],
  ['application/vnd.oci.image.layer.v1.tar', 'tar'],
  ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', 'tar+gzip, not distributed'],
  ['application/vnd.docker.image.rootfs.diff.tar.gzip', 'tar+gzip'],
  ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'tar+gzip, not distributed'],
  [
    'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  ],
  ['', ''],
  ['<script>', '<script>'],
])('%s is called %s', (mediaType, name) => {
  expect(mediaTypeName(mediaType)).toBe(name)
})
