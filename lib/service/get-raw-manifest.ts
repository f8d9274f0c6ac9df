import { parseReference, withDefaultTag } from '#lib/oci/reference.ts'
import type { FetchedManifest } from '#lib/source/image-source.ts'
import type { ServiceContext } from './context.ts'
import { fetchReference } from './resolve-reference.ts'

/** The exact bytes of a manifest, verified, undecoded. Throws what the source throws. */
export async function getRawManifest(
  context: ServiceContext,
  query: { readonly ref: string },
  signal?: AbortSignal,
): Promise<FetchedManifest> {
  const reference = withDefaultTag(parseReference(query.ref))
  const source = context.openSource(reference.repository)
  const { fetched } = await fetchReference(source, reference, context.now, { signal })
  return fetched
}
