import type { DiffResponse } from '#lib/api/diff.ts'

/** What a person is told first. */
export interface DiffConclusion {
  readonly tone: 'pass' | 'fail' | 'warn' | 'neutral'
  readonly lead: string
  readonly text: string
}

/** How far a comparison has come: `reading` and `failed` know what the registry’s JSON says, and no more. */
export type DiffState = 'reading' | 'failed' | 'done'

/** What may be concluded of a comparison. Green only when every layer was looked into and nothing stands out. */
export function diffConclusion(diff: DiffResponse, state: DiffState): DiffConclusion {
  const { summary, complete } = diff
  const { text } = summary
  if (isIdentical(diff)) {
    return {
      tone: 'neutral',
      lead: 'Identical.',
      text: 'Both sides are the very same image, digest for digest: there is nothing to compare.',
    }
  }
  const severities = new Set(summary.highlights.map(({ severity }) => severity))
  if (severities.has('error')) return { tone: 'fail', lead: 'Something is wrong.', text }
  if (state === 'reading') return { tone: 'neutral', lead: 'So far:', text }
  if (state === 'failed' || !complete) return { tone: 'warn', lead: 'Not all of it was looked at.', text }
  if (severities.has('warning')) return { tone: 'warn', lead: 'Worth a look.', text }
  if (diff.axis === 'indexes') return { tone: 'neutral', lead: 'Platform by platform:', text }
  if (!summary.isAcrossArchitectures)
    return { tone: 'neutral', lead: hasNoChange(diff) ? 'No difference.' : 'What changed:', text }
  return {
    tone: 'pass',
    lead: hasNoChange(diff) ? 'Nothing differs but what must.' : 'Nothing stands out.',
    text,
  }
}

/** Whether both sides are one and the same manifest, for one and the same platform. */
export function isIdentical({ axis, from, to }: DiffResponse): boolean {
  return axis !== 'indexes' && from.digest === to.digest && from.platform === to.platform
}

function hasNoChange({ config, packages, files }: DiffResponse): boolean {
  const changes = [...(config?.changes ?? []), ...(packages ?? []), ...(files ?? [])]
  return changes.every(({ folded }) => folded !== undefined)
}

/** What is downloaded and read to look into both sides; a layer that both have is read once. */
export function layersToRead({ layers = [] }: DiffResponse): { count: number; sizeBytes: number } {
  const sizes = new Map<string, number>()
  for (const layer of layers.flatMap(({ from, to }) => [from, to])) {
    if (layer) sizes.set(layer.digest, layer.sizeBytes)
  }
  return { count: sizes.size, sizeBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) }
}

/** Where the page shows what a highlight is about. */
export const HIGHLIGHT_PLACE: Readonly<
  Record<
    DiffResponse['summary']['highlights'][number]['kind'],
    'config' | 'layers' | 'packages' | 'binaries' | 'files'
  >
> = {
  'foreign-binary': 'binaries',
  'shared-base': 'layers',
  'other-revision': 'config',
  'config-drift': 'config',
  'packages-one-side': 'packages',
  'version-skew': 'packages',
  'files-one-side': 'files',
  'files-differ': 'files',
}
