import { AppError, toAppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { classifyChildren, type IndexChild } from '#lib/oci/index-children.ts'
import { decodeManifest, type IndexManifest, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'

/** A child with the nested index that lists it, if one does. */
export interface WalkedChild {
  readonly child: IndexChild
  readonly nestedIn?: Digest
  /** Why a nested index could not be read; only on children of kind `index`. */
  readonly problem?: AppError
}

/**
 * All children of an index, those of nested indexes after the nested index itself, in order. Each index is read once,
 * so a cycle ends. Throws `index_too_deep` and `index_too_large`; a nested index that cannot be read is told in place.
 */
export async function walkIndex(
  source: ImageSource,
  root: IndexManifest,
  rootDigest: Digest,
  options: CallOptions,
): Promise<WalkedChild[]> {
  const found: WalkedChild[] = []
  const seen = new Set<Digest>([rootDigest])

  async function visit(index: IndexManifest, nestedIn: Digest | undefined, depth: number): Promise<void> {
    if (depth > MANIFEST_LIMITS.depth) {
      throw new AppError(
        'index_too_deep',
        `The index is nested more than ${MANIFEST_LIMITS.depth} levels deep.`,
      )
    }
    for (const child of classifyChildren(index)) {
      if (found.length >= MANIFEST_LIMITS.children) {
        throw new AppError(
          'index_too_large',
          `The index and those nested in it list more than ${MANIFEST_LIMITS.children} children.`,
        )
      }
      const place = found.push({ child, ...(nestedIn ? { nestedIn } : {}) }) - 1
      const { digest } = child.descriptor
      if (child.kind !== 'index' || seen.has(digest)) continue
      seen.add(digest)
      const nested = await readIndex(source, digest, options)
      if (nested instanceof AppError) found[place] = { ...(found[place] as WalkedChild), problem: nested }
      else await visit(nested, digest, depth + 1)
    }
  }

  await visit(root, undefined, 1)
  return found
}

async function readIndex(
  source: ImageSource,
  digest: Digest,
  options: CallOptions,
): Promise<IndexManifest | AppError> {
  try {
    const fetched = await source.getManifest(digest, options)
    const manifest = decodeManifest(fetched.bytes, fetched.contentType, `The nested index ${digest}`)
    if (manifest.kind === 'index') return manifest
    return new AppError('manifest_invalid', `${digest} is listed as an index and is an image manifest.`)
  } catch (error) {
    const failure = toAppError(error)
    if (failure.code === 'cancelled') throw failure
    return failure
  }
}
