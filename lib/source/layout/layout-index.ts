import { AppError } from '#lib/errors/app-error.ts'
import { type Descriptor, decodeManifest, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import { MEDIA_TYPE } from '#lib/oci/media-type.ts'
import { isTag, parseReference } from '#lib/oci/reference.ts'
import type { LayoutFiles } from './layout-files.ts'

const REF_NAME = 'org.opencontainers.image.ref.name'
const MARKER_BYTES = 64 << 10

/** What a layout's `index.json` lists. https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
export interface LayoutIndex {
  readonly entries: readonly Descriptor[]
  /** By tag, in the index's order; the first entry of a name wins. */
  readonly tags: ReadonlyMap<string, Descriptor>
}

/**
 * Reads and checks `oci-layout` and `index.json`. Throws `repository_unknown` when there is no layout, `layout_invalid`
 * when it is broken, `index_too_large` when it lists too much.
 */
export async function readLayoutIndex(files: LayoutFiles, layoutPath: string): Promise<LayoutIndex> {
  await checkMarker(files, layoutPath)
  const what = `The index.json of oci:${layoutPath}`
  const bytes = await files.read('index.json', MANIFEST_LIMITS.manifestBytes)
  if (bytes === undefined) throw invalid(layoutPath, 'it has no index.json')
  if (bytes === 'too large') throw invalid(layoutPath, 'its index.json is larger than 4 MiB')
  const entries = decodeEntries(bytes, what, layoutPath)
  return { entries, tags: tagsOf(entries) }
}

async function checkMarker(files: LayoutFiles, layoutPath: string): Promise<void> {
  const marker = await files.read('oci-layout', MARKER_BYTES)
  if (marker === undefined) {
    throw new AppError('repository_unknown', `There is no OCI layout at oci:${layoutPath}.`, {
      hint: 'An OCI layout is a folder with the files oci-layout and index.json; skopeo copy … oci:PATH makes one.',
    })
  }
  const version = marker === 'too large' ? undefined : layoutVersion(marker)
  if (version === undefined) throw invalid(layoutPath, 'its oci-layout file names no version')
  if (!version.startsWith('1.')) throw invalid(layoutPath, `its version is ${version.slice(0, 40)}, not 1.x`)
}

function layoutVersion(marker: Uint8Array): string | undefined {
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(marker))
    if (typeof body !== 'object' || body === null || !('imageLayoutVersion' in body)) return undefined
    return typeof body.imageLayoutVersion === 'string' ? body.imageLayoutVersion : undefined
  } catch {
    return undefined
  }
}

function decodeEntries(bytes: Uint8Array, what: string, layoutPath: string): readonly Descriptor[] {
  try {
    const manifest = decodeManifest(bytes, MEDIA_TYPE.ociIndex, what)
    if (manifest.kind === 'index') return manifest.children
  } catch (error) {
    if (error instanceof AppError && error.code === 'index_too_large') throw error
    const reason = error instanceof AppError ? error.message : `${what} is broken.`
    throw new AppError('layout_invalid', reason, { cause: error })
  }
  throw invalid(layoutPath, 'its index.json is not an index')
}

function tagsOf(entries: readonly Descriptor[]): Map<string, Descriptor> {
  const tags = new Map<string, Descriptor>()
  for (const entry of entries) {
    const tag = tagIn(entry.annotations[REF_NAME])
    if (tag !== undefined && !tags.has(tag)) tags.set(tag, entry)
  }
  const [only] = entries
  if (tags.size === 0 && entries.length === 1 && only) tags.set('latest', only)
  return tags
}

/** The annotation holds a tag, or with some tools a full reference. */
function tagIn(refName: string | undefined): string | undefined {
  if (refName === undefined || isTag(refName)) return refName
  try {
    const reference = parseReference(refName)
    return reference.tag ?? (reference.digest === undefined ? 'latest' : undefined)
  } catch {
    return undefined
  }
}

function invalid(layoutPath: string, reason: string): AppError {
  return new AppError('layout_invalid', `oci:${layoutPath} is not a readable OCI layout: ${reason}.`, {
    hint: 'Make it again, for example with skopeo copy --all docker://REF oci:PATH:TAG.',
  })
}
