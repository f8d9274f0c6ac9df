import { readElf } from '#lib/image/elf.ts'
import type { ElfDetails } from '#lib/image/elf-details.ts'
import { buildElf, type ElfShape, elfShapes } from '#lib/image/testing/build-elf.ts'
import type { InstalledPackage } from '#lib/image/tree/installed-packages.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import type { ImageFiles } from '../image-files.ts'
import { renderFinding } from '../render-finding.ts'
import { runLayerChecks } from '../run-layer-checks.ts'

/** What lies at a path: an architecture’s program, or one with more said of it. */
export type FileSpec =
  | keyof typeof elfShapes
  | (ElfShape & ElfDetails & { readonly is?: keyof typeof elfShapes })

/** The files of one image, healthy but for what is said. */
export function imageFiles(
  platform: string,
  files: Readonly<Record<string, FileSpec | 'data'>> = {},
  more: Partial<ImageFiles> = {},
): ImageFiles {
  return {
    platform: parsePlatform(platform),
    digest: 'sha256:image',
    resolution: undefined,
    entries: Object.entries(files).map(([path, spec]) => entryOf(path, spec)),
    layers: ['sha256:base', 'sha256:top'],
    packages: [],
    loaders: [],
    gaps: [],
    packageGaps: [],
    ...more,
  }
}

/** A package as a database lists it. */
export function installed(
  type: InstalledPackage['type'],
  name: string,
  architecture?: string,
  version = '1.0',
): InstalledPackage {
  const path = type === 'python' ? `usr/lib/python3/${name}.dist-info/METADATA` : `var/lib/${type}`
  return { type, name, version, path, layer: 0, ...(architecture ? { architecture } : {}) }
}

/** The findings as lines: code, severity, message. */
export function told(files: ImageFiles): string[] {
  return runLayerChecks(files).findings.map(
    (finding) => `${finding.code} ${finding.severity} ${renderFinding(finding).message}`,
  )
}

function entryOf(path: string, spec: FileSpec | 'data'): TreeEntry {
  const entry = { path, type: 'file', sizeBytes: 1, mode: 0o755, uid: 0, gid: 0, layer: 0 } as const
  if (spec === 'data') return entry
  const shape =
    typeof spec === 'string' ? elfShapes[spec] : { ...(spec.is ? elfShapes[spec.is] : {}), ...spec }
  const read = readElf(buildElf(shape))
  if (read?.kind !== 'elf') throw new Error(`${path} is no ELF file`)
  const details = typeof spec === 'string' ? {} : detailsOf(spec)
  return { ...entry, program: { kind: 'elf', ...read.elf, ...details } }
}

function detailsOf({ maxAlignBytes, isaLevel, go, jemalloc }: ElfDetails): ElfDetails {
  return {
    ...(maxAlignBytes === undefined ? {} : { maxAlignBytes }),
    ...(isaLevel === undefined ? {} : { isaLevel }),
    ...(go ? { go } : {}),
    ...(jemalloc ? { jemalloc } : {}),
  }
}
