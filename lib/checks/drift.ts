import type { ComparedImage } from './compared-images.ts'
import type { Report } from './define-check.ts'

/** One thing said of several images: what is compared, and what each says. */
export interface ComparedField {
  /** For people: `Entrypoint`, `Env LANG`, `label org.opencontainers.image.version`. */
  readonly field: string
  readonly values: readonly {
    readonly image: ComparedImage
    /** What is compared. */
    readonly key: string
    /** What is shown; empty for nothing. */
    readonly value: string
  }[]
}

/** One field that differs, as evidence holds it. */
export interface Difference {
  readonly field: string
  /** What the platform says, and what most say: where most agree. */
  readonly value?: string
  readonly usual?: string
  /** Who says what: where no majority does. */
  readonly values?: readonly { readonly platforms: readonly string[]; readonly value: string }[]
}

/**
 * Reports what differs: where more than half agree, each platform that does not, with both values; where no majority
 * agrees, once for the whole index, with every value.
 */
export function driftReports(fields: readonly ComparedField[]): Report[] {
  const byImage = new Map<ComparedImage, { differs: Difference[]; usualOn: Set<string> }>()
  const divided: Difference[] = []
  for (const { field, values } of fields) {
    const groups = [...Map.groupBy(values, ({ key }) => key).values()].sort((a, b) => b.length - a.length)
    const [largest = []] = groups
    if (groups.length < 2) continue
    const usual = largest[0]
    if (!usual || largest.length * 2 <= values.length) {
      divided.push({
        field,
        values: groups.map((group) => ({
          platforms: group.map(({ image }) => image.platform),
          value: group[0]?.value ?? '',
        })),
      })
      continue
    }
    for (const { image, value } of groups.slice(1).flat()) {
      const told = byImage.get(image) ?? { differs: [], usualOn: new Set<string>() }
      told.differs.push({ field, value, usual: usual.value })
      for (const each of largest) told.usualOn.add(each.image.platform)
      byImage.set(image, told)
    }
  }
  return [
    ...[...byImage].map(([{ platform, digest }, { differs, usualOn }]) => ({
      platform,
      evidence: { digest, differs, usualOn: [...usualOn] },
    })),
    ...(divided.length > 0 ? [{ evidence: { differs: divided } }] : []),
  ]
}

/** Differences named in a message; the evidence has them all. */
const MAX_TOLD = 3
const MAX_LENGTH = 120

/** What differs, in words. */
export function driftText(evidence: Readonly<Record<string, unknown>>): string {
  const differs = (Array.isArray(evidence.differs) ? evidence.differs : []) as readonly Difference[]
  const told = differs.slice(0, MAX_TOLD).map(differenceText)
  const more = differs.length - told.length
  return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
}

function differenceText({ field, value, usual, values }: Difference): string {
  if (!values) return `${field} is ${shown(value)}, elsewhere ${shown(usual)}`
  const each = values.map(({ platforms, value: said }) => `${shown(said)} on ${platforms.join(', ')}`)
  return `${field} is ${each.join(', ')}`
}

function shown(value: string | undefined): string {
  if (value === undefined || value === '') return 'not set'
  return value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value
}
