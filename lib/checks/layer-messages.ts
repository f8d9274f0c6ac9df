import { shortDigest } from '#lib/oci/digest.ts'
import { count, type Evidence, inLayers, list, many, someOf, text } from './evidence-text.ts'

/** What findings of the layers say, made of their data. */
export const LAYER_MESSAGES = {
  'ELF-002': ({ count: total, paths, found, expected, place, layers }) =>
    `${count(total, 'file')} ${place === 'path' ? 'where programs and libraries are looked for' : 'elsewhere in the image'} ${total === 1 ? 'is' : 'are'} ELF ${text(found)}; expected ${text(expected)}: ${someOf(paths, total)}${inLayers(layers)}.`,
  'ELF-004': ({ count: total, paths, alignBytes, layers }) =>
    `${count(total, 'file')} ${total === 1 ? 'has' : 'have'} segments aligned to ${Number(alignBytes) / 1024} KiB; a kernel with 64 KiB pages may not load ${total === 1 ? 'it' : 'them'}: ${someOf(paths, total)}${inLayers(layers)}.`,
  'ELF-005': ({ count: total, paths, layers }) =>
    `${count(total, 'file')} ${total === 1 ? 'holds' : 'hold'} jemalloc: ${someOf(paths, total)}${inLayers(layers)}. Whether it was built for 64 KiB pages shows only on a machine that has them.`,
  'ELF-006': ({ count: total, paths, found, expected, layers }) =>
    `${count(total, 'file')} ${total === 1 ? 'says' : 'say'} ${text(found)}; the platform’s programs are ${text(expected)}: ${someOf(paths, total)}${inLayers(layers)}.`,
  'ELF-007': ({ needs, because, distribution, count: total, paths }) => {
    if (because === 'distribution')
      return `It needs ${text(needs)}: ${text(distribution)} is compiled for it.`
    const how = because === 'go' ? 'Go was told to compile for it' : 'the file says so'
    return `${count(total, 'file')} need${total === 1 ? 's' : ''} ${text(needs)} (${how}): ${someOf(paths, total)}.`
  },
  'GO-001': ({ count: total, paths, found, expected, layers }) =>
    `${count(total, 'Go binary').replace('binarys', 'binaries')} ${total === 1 ? 'was' : 'were'} built for ${text(found)}, not ${text(expected)}: ${someOf(paths, total)}${inLayers(layers)}.`,
  'PKG-001': ({ count: total, packages, found, expected, own, type, path, layers }) =>
    `${text(type)} lists ${count(total, 'package')} for ${text(found)} and ${Number(own) || 'none'} for ${text(expected)}: ${someOf(packages, total)} (${text(path)})${inLayers(layers)}.`,
  'PKG-002': ({ count: total, examples }) =>
    `${count(total, 'package')} ${total === 1 ? 'is' : 'are'} of different versions: ${versions(examples)}${moreThan(examples, total)}.`,
  'PKG-003': ({ count: total, examples }) =>
    `${count(total, 'package')} ${total === 1 ? 'is' : 'are'} missing on some: ${rows(examples)
      .map(({ name, missing }) => `${text(name)} on ${list(missing)}`)
      .join('; ')}${moreThan(examples, total)}.`,
  'PY-001': ({ what, found, count: total, packages, paths, layers }) =>
    what === 'wheels'
      ? `${count(total, 'Python package')} ${total === 1 ? 'was' : 'were'} installed from a wheel for ${text(found)}: ${someOf(packages, total)}${inLayers(layers)}.`
      : `${count(total, 'extension module')} of Python ${total === 1 ? 'is' : 'are'} for ${text(found)} by name: ${someOf(paths, total)}${inLayers(layers)}.`,
  'DIR-001': ({ folder, count: total, paths, layers }) =>
    `${text(folder)} is another architecture’s and holds ${count(total, 'file')}: ${someOf(paths, total)}${inLayers(layers)}.`,
} as const satisfies Readonly<Record<string, (evidence: Evidence) => string>>

/** META-003, where the layers were read. */
export function sharedBinariesText({ layer, platforms, cause, found, count: total }: Evidence): string {
  const who = many(platforms).length > 2 ? `All of ${list(platforms)}` : list(platforms)
  const what = `share the ${cause === 'pinned-base' ? 'base layer' : 'layer'} ${shortDigest(text(layer))}, which holds ${count(total, 'binary').replace('binarys', 'binaries')} for ${text(found)} alone`
  const why =
    cause === 'pinned-base'
      ? 'the FROM line is pinned to a single-architecture digest'
      : 'it was built once, for one architecture'
  return `${who} ${what}: ${why}.`
}

/** ELF-003 of what lies on PATH. */
export function loadersText({ loader, reason, found, count: total, paths }: Evidence): string {
  const state =
    reason === 'missing'
      ? 'which is not in the image'
      : `which is ${text(found) ? `ELF ${text(found)}` : 'no ELF file'}`
  return `${count(total, 'program')} on PATH need${total === 1 ? 's' : ''} the loader ${text(loader)}, ${state}: ${someOf(paths, total)}.`
}

function rows(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value : []
}

function versions(examples: unknown): string {
  return rows(examples)
    .map(({ name, versions: each }) => {
      const said = rows(each).map(({ version, platforms }) => `${text(version)} on ${list(platforms)}`)
      return `${text(name)} ${said.join(', ')}`
    })
    .join('; ')
}

function moreThan(examples: unknown, total: unknown): string {
  const more = Number(total) - rows(examples).length
  return more > 0 ? `; and ${more} more` : ''
}
