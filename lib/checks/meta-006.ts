import { type ComparedImage, comparedImages, unreadImages } from './compared-images.ts'
import { defineCheck } from './define-check.ts'
import { type ComparedField, driftReports } from './drift.ts'
import type { RegistryFacts } from './facts.ts'

const LABELS = ['org.opencontainers.image.version', 'org.opencontainers.image.revision'] as const
const VERSION_VARIABLE = /^(?:\w+_)?VERSION$/i
const DAY_MS = 86_400_000
/** Builders that are slow, or emulated, lag behind by days. */
const MAX_APART_MS = 30 * DAY_MS
/** Reproducible builds give their images a time long before there were any. */
const FIRST_CREDIBLE_MS = Date.UTC(2013, 0)

/**
 * META-006: images for different architectures are of different versions: by their version or revision label, a
 * `…_VERSION` variable, or because they were made more than 30 days apart. Only what both state is compared.
 */
export const meta006 = defineCheck<RegistryFacts>(
  'META-006',
  (facts) =>
    comparedImages(facts).flatMap((images) =>
      driftReports([
        ...LABELS.map((label) => stated(`label ${label}`, images, ({ config }) => config.labels[label])),
        ...variablesOf(images).map((name) => stated(`Env ${name}`, images, (image) => variable(image, name))),
        madeApart(images),
      ]),
    ),
  unreadImages,
)

function stated(
  field: string,
  images: readonly ComparedImage[],
  read: (image: ComparedImage) => string | undefined,
): ComparedField {
  return {
    field,
    values: images.flatMap((image) => {
      const value = read(image)
      return value ? [{ image, key: value, value }] : []
    }),
  }
}

/** Images made long before the newest form one group, the others another. */
function madeApart(images: readonly ComparedImage[]): ComparedField {
  const made = images.flatMap((image) => {
    const ms = Date.parse(image.config.created ?? '')
    return ms >= FIRST_CREDIBLE_MS ? [{ image, ms }] : []
  })
  const newestMs = Math.max(...made.map(({ ms }) => ms))
  return {
    field: 'created',
    values: made.map(({ image, ms }) => ({
      image,
      key: newestMs - ms > MAX_APART_MS ? 'old' : 'new',
      value: new Date(ms).toISOString().slice(0, 10),
    })),
  }
}

function variablesOf(images: readonly ComparedImage[]): string[] {
  const names = images.flatMap(({ config }) => config.env.map((entry) => entry.split('=', 1)[0] ?? ''))
  return [...new Set(names)].filter((name) => VERSION_VARIABLE.test(name)).sort()
}

function variable({ config }: ComparedImage, name: string): string | undefined {
  return config.env.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1)
}
