import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import type { DiffSide, SideLayer } from '../diff-side.ts'
import type { SideContent } from '../image-diff.ts'

/** A side with an empty config, but for what is given. */
export function side(
  platform: string,
  config: Partial<ImageConfig> = {},
  layers: readonly (Partial<SideLayer> & { digest: string })[] = [],
): DiffSide {
  return {
    platform: parsePlatform(platform),
    config: {
      entrypoint: [],
      cmd: [],
      user: '',
      env: [],
      workingDir: '',
      exposedPorts: [],
      volumes: [],
      labels: {},
      history: [],
      diffIds: [],
      ...config,
    },
    layers: layers.map((layer) => ({ sizeBytes: 1, mediaType: 'tar', ...layer })),
  }
}

/** A file of a merged tree, owned by root. */
export function file(path: string, more: Partial<TreeEntry> = {}): TreeEntry {
  return {
    path,
    type: 'file',
    sizeBytes: 1,
    mode: 0o644,
    uid: 0,
    gid: 0,
    sha256: 'a'.repeat(64),
    layer: 0,
    ...more,
  }
}

/** Content of these files, of layers that could all be read. */
export function content(...entries: readonly TreeEntry[]): SideContent {
  return { entries, packages: [], isComplete: true }
}

/** What is known of a 64-bit little-endian program of a machine: 62 is x86-64, 21 PowerPC. */
export function elf(machine: number): NonNullable<TreeEntry['program']> {
  return {
    kind: 'elf',
    machine,
    bits: 64,
    byteOrder: 'little',
    osAbi: 0,
    type: 'executable',
    flags: machine === 21 ? 2 : 0,
    linkage: { kind: 'static' },
  }
}
