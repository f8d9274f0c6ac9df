import { shellQuote } from '#components/ui/shell-quote.ts'
import type { ImageResponse } from '#lib/api/image.ts'

const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json'

/** How to fetch an artifact, by digest; none for a layout, whose files already lie in a folder. */
export function artifactLines(
  artifact: Pick<ImageResponse, 'repository' | 'tag' | 'digest' | 'artifactType'>,
): string[] {
  const { repository, tag, digest, artifactType } = artifact
  if (repository.startsWith('oci:')) return []
  const lines = [`oras pull ${shellQuote(`${repository}@${digest}`)}`]
  if (artifactType !== HELM_CONFIG || tag === undefined) return lines
  return [
    `helm pull ${shellQuote(`oci://${repository}`)} --version ${shellQuote(tag.replaceAll('_', '+'))}`,
    ...lines,
  ]
}
