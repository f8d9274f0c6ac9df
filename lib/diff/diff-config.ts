import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-names.ts'
import type { FoldCounter } from './fold-counter.ts'
import type { ConfigDifference } from './model.ts'

const TIME_LABELS = new Set(['org.opencontainers.image.created', 'build-date', 'org.label-schema.build-date'])

/** A field as one comparable text; undefined where it is not set. */
type Field = readonly [field: string, key: string | undefined, text: string]

/** Compares what two configs say of the process they start; environment and labels by name. */
export function diffConfig(
  from: { readonly platform: Platform; readonly config: ImageConfig },
  to: { readonly platform: Platform; readonly config: ImageConfig },
  folds: FoldCounter,
): readonly ConfigDifference[] {
  const nameOf = { from: withoutArchitecture(from.platform), to: withoutArchitecture(to.platform) }
  const here = byName(fieldsOf(from.config))
  const there = byName(fieldsOf(to.config))
  return [...new Set([...here.keys(), ...there.keys()])].sort().flatMap((name): ConfigDifference[] => {
    const [a, b] = [here.get(name), there.get(name)]
    const [field, key] = a ?? b ?? ['', undefined]
    if (a?.[2] === b?.[2]) return []
    if (isTime(field, key) && folds.fold('build-times')) return []
    const isNamed = a !== undefined && b !== undefined && nameOf.from(a[2]) === nameOf.to(b[2])
    if (isNamed && folds.fold('architecture-names')) return []
    return [
      {
        field,
        ...(key === undefined ? {} : { key }),
        ...(a === undefined ? {} : { from: a[2] }),
        ...(b === undefined ? {} : { to: b[2] }),
      },
    ]
  })
}

function isTime(field: string, key: string | undefined): boolean {
  return field === 'created' || (field === 'labels' && TIME_LABELS.has(key ?? ''))
}

function fieldsOf(config: ImageConfig): readonly Field[] {
  const list = (field: string, values: readonly string[] | undefined): Field[] =>
    values === undefined || values.length === 0 ? [] : [[field, undefined, JSON.stringify(values)]]
  const text = (field: string, value: string | undefined): Field[] =>
    value ? [[field, undefined, value]] : []
  return [
    ...list('entrypoint', config.entrypoint),
    ...list('cmd', config.cmd),
    ...config.env.map((line): Field => {
      const equals = line.indexOf('=')
      return ['env', equals < 0 ? line : line.slice(0, equals), equals < 0 ? '' : line.slice(equals + 1)]
    }),
    ...text('user', config.user),
    ...text('workingDir', config.workingDir),
    ...list('exposedPorts', [...config.exposedPorts].sort()),
    ...list('volumes', [...config.volumes].sort()),
    ...Object.entries(config.labels).map(([key, value]): Field => ['labels', key, value]),
    ...text('stopSignal', config.stopSignal),
    ...list('healthcheck', config.healthcheck),
    ...text('created', config.created),
  ]
}

function byName(fields: readonly Field[]): Map<string, Field> {
  return new Map(fields.map((field) => [`${field[0]}\n${field[1] ?? ''}`, field]))
}
