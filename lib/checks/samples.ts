/** Named in evidence; the rest is counted. */
const SAMPLES_MAX = 5

/** Many paths as evidence: how many there are, and the first of them. */
export function samples(paths: readonly string[]): { readonly count: number; readonly paths: string[] } {
  return { count: paths.length, paths: paths.toSorted().slice(0, SAMPLES_MAX) }
}

/** The layers that some files came with, without doubles. */
export function layersOf(
  files: readonly { readonly layer: number }[],
  digests: readonly string[],
): readonly string[] {
  return [...new Set(files.map(({ layer }) => layer))]
    .sort((a, b) => a - b)
    .flatMap((layer) => digests[layer] ?? [])
    .slice(0, SAMPLES_MAX)
}
