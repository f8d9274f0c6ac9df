import { formatBytes } from '#components/ui/bytes.ts'
import { formatCount, plural } from '#components/ui/plural.ts'
import type { QuotaDto } from '#lib/api/parts.ts'
import type { ValidatedPlatform } from './validated-platforms.ts'

/** What a run costs at most: engines that have an image already pull nothing. */
export interface PullCost {
  readonly pulls: number
  /** Compressed, layers that platforms share counted once. */
  readonly sizeBytes: number
  /** The size of some is not known. */
  readonly isAtLeast: boolean
  readonly sharesLayers: boolean
}

/** The cost of bringing these images into an engine. */
export function pullCost(entries: readonly Pick<ValidatedPlatform, 'layers' | 'sizeBytes'>[]): PullCost {
  const layers = new Map<string, number>()
  let restBytes = 0
  let isAtLeast = false
  let count = 0
  for (const { layers: own, sizeBytes } of entries) {
    if (sizeBytes === undefined) isAtLeast = true
    const ownBytes = own.reduce((sum, layer) => sum + layer.sizeBytes, 0)
    restBytes += Math.max(0, (sizeBytes ?? 0) - ownBytes)
    for (const { digest, sizeBytes: layerBytes } of own) layers.set(digest, layerBytes)
    count += own.length
  }
  const sizeBytes = restBytes + [...layers.values()].reduce((sum, layerBytes) => sum + layerBytes, 0)
  return { pulls: entries.length, sizeBytes, isAtLeast, sharesLayers: layers.size < count }
}

/** The host that a repository is pulled from; undefined for a layout on this machine. */
export function pullHost(repository: string): string | undefined {
  return repository.startsWith('oci:') ? undefined : repository.slice(0, repository.indexOf('/'))
}

/** The cost in words, before anything is started. */
export function costText(
  { pulls, sizeBytes, isAtLeast, sharesLayers }: PullCost,
  host: string | undefined,
): string {
  if (pulls === 0) return 'Nothing is pulled.'
  const size = `${isAtLeast ? '≥ ' : ''}${formatBytes(sizeBytes)}`
  if (host === undefined) return `Nothing is pulled: ${plural(pulls, 'image')} from this machine, ${size}.`
  return `At most ${plural(pulls, 'pull')} from ${host}, ${size} compressed${sharesLayers ? ' (shared layers once)' : ''}.`
}

/** Below this share of a limit one more run may be the last. */
const LOW_SHARE = 0.25

/** A warning when what is left of a registry's limit is little, or less than what is to be pulled. */
export function quotaWarning(
  quota: QuotaDto | undefined,
  pulls: number,
  host: string | undefined,
): string | undefined {
  if (!quota || host === undefined || pulls === 0) return undefined
  const { limit, remaining, windowSeconds } = quota
  const left = `${host} lets this address pull ${formatCount(remaining)} more of ${formatCount(limit)} in ${hours(windowSeconds)}`
  if (remaining < pulls) return `${left}: these ${formatCount(pulls)} may not all go through.`
  return remaining < limit * LOW_SHARE ? `${left}.` : undefined
}

function hours(seconds: number): string {
  return seconds < 3_600
    ? plural(Math.ceil(seconds / 60), 'minute')
    : plural(Math.round(seconds / 3_600), 'hour')
}
