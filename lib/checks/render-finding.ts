import { shortDigest } from '#lib/oci/digest.ts'
import { ENDING_REASONS, type EndingReason } from '#lib/report/ending.ts'
import { endingText } from '#lib/report/ending-text.ts'
import { driftText } from './drift.ts'
import { count, type Evidence, list, many, text } from './evidence-text.ts'
import type { Finding } from './finding.ts'
import { CHECK_INFO, type CheckCode } from './info.ts'
import { LAYER_MESSAGES, loadersText, sharedBinariesText } from './layer-messages.ts'

const MESSAGES: Readonly<Record<CheckCode, (evidence: Evidence) => string>> = {
  'META-001': ({ index, config, sharedBase, sharedWith }) => {
    const both = `The index says ${text(index)}, the image’s own config says ${text(config)}.`
    if (typeof sharedBase !== 'string') return both
    return `${both} It stands on the base layer of ${list(sharedWith)}, ${shortDigest(sharedBase)}: the FROM line is pinned to one architecture’s digest.`
  },
  'META-002': ({ what, digest, platforms }) =>
    `${list(platforms)} share one ${text(what)}, ${shortDigest(text(digest))}.`,
  ...LAYER_MESSAGES,
  'META-003': (evidence) =>
    evidence.because === 'holds-binaries' ? sharedBinariesText(evidence) : sharedBaseText(evidence),
  'META-004': ({ listed, asked }) =>
    `Listed as ${text(listed)} alone; stock clients ask for ${text(asked)} and do not take it.`,
  'META-005': driftText,
  'META-006': driftText,
  'META-007': ({ what, value, usual }) =>
    what === 'layers'
      ? `It has ${count(value, 'layer')}, the others mostly ${count(usual, 'layer')}.`
      : `It has ${bytes(value)} compressed, the others mostly ${bytes(usual)}.`,
  'SUP-001': (evidence) => {
    const { reason, lacking, present, own, foreign, count: packages } = evidence
    if (reason === 'absent') return `It has no ${list(lacking, 'and no')}, unlike ${list(present)}.`
    return `Its SBOM lists ${count(packages, 'package')} for ${text(foreign)} and ${own === 0 ? 'none' : Number(own)} for its own architecture.`
  },
  'COV-002': ({ baseline, present, cause }) =>
    cause === 'plain-manifest'
      ? `${text(baseline)} has this platform; this is a plain image${among(present)}.`
      : `${text(baseline)} has this platform; this image has ${list(present) || 'no platform'} only.`,
  'COV-003': ({ newest, present }) =>
    `${text(newest)}, the newest version, has this platform; this image has ${list(present) || 'no platform'} only.`,
  'COV-004': ({ reason, baseline, expected, archTags, platforms }) =>
    reason === 'arch-tags'
      ? `It is a plain image${among(platforms)}, beside ${list(archTags)}.`
      : `It is a plain image${among(platforms)}; ${text(baseline)} is an index of ${many(expected).length} platforms.`,
  'COV-005': (evidence) => {
    switch (evidence.reason) {
      case 'duplicate':
        return `The platform is listed ${many(evidence.digests).length} times; clients take the first, ${shortDigest(many(evidence.digests)[0] ?? '')}.`
      case 'no-platform':
        return `The entry ${shortDigest(text(evidence.digest))} names no platform; only its config can tell.`
      default:
        return `The entry ${shortDigest(text(evidence.digest))} is an index itself; many clients do not look into it.`
    }
  },
  'COV-001': ({ present }) =>
    many(present).length === 0 ? 'The image has no platform at all.' : `The image has ${list(present)} only.`,
  'ELF-001': ({ path, format, found, expected }) =>
    `${text(path)} is ${FORMATS[text(format)] ?? `ELF ${text(found)}`}; expected ELF ${text(expected)}.`,
  'ELF-003': (evidence) => {
    const { path, loader, reason, found } = evidence
    if (evidence.paths !== undefined) return loadersText(evidence)
    if (reason === 'missing')
      return `${text(path)} needs the loader ${text(loader)}, which is not in the image.`
    return `${text(path)} needs the loader ${text(loader)}, which is ${text(found) ? `ELF ${text(found)}` : 'no ELF file'}.`
  },
  'RUN-002': ({ path, said, expected, foreign }) =>
    `${text(path)} -m says ${text(said)}; expected ${text(expected)}${text(foreign) ? `: ${text(foreign)}` : ''}.`,
  'RUN-003': ({ needs, died }) => `It passed on ${text(needs)}, and died on ${list(died)}.`,
  'RUN-004': ({ reason, ...evidence }) =>
    isReason(reason) ? `With pages of 64 KiB: ${endingText(reason, toTextEvidence(evidence))}` : '',
  'RUN-005': ({ failed, total, names, message }) =>
    `${failed} of ${total} tests failed: ${list(names)}${Number(failed) > many(names).length ? ' and others' : ''}. ${text(message)}`.trim(),
  'RUN-001': ({ reason, ...evidence }) =>
    isReason(reason) ? endingText(reason, toTextEvidence(evidence)) : '',
}

const FORMATS: Readonly<Record<string, string>> = {
  pe: 'a Windows program',
  'mach-o': 'a macOS program',
  'java-class': 'a Java class',
  wasm: 'a WebAssembly module',
  'broken-elf': 'a broken ELF file',
}

/** Title and message of a finding, made of its data. */
export function renderFinding(finding: Finding): { readonly title: string; readonly message: string } {
  return { title: CHECK_INFO[finding.code].title, message: MESSAGES[finding.code](finding.evidence) }
}

function among(platforms: unknown): string {
  return many(platforms).length === 0 ? '' : ` for ${list(platforms)}`
}

function bytes(value: unknown): string {
  return `${(Number(value) / 1e6).toFixed(1)} MB`
}

/** Who shares which layer, how that is known, and the cause: said for certain only where the history line shows it. */
function sharedBaseText({ layer, platforms, because, createdBy, named }: Evidence): string {
  const who = `${many(platforms).length > 2 ? `All of ${list(platforms)}` : list(platforms)} share the base layer ${shortDigest(text(layer))}`
  switch (because) {
    case 'names-architecture':
      return `${who}, which was made for ${text(named)} (“${clip(text(createdBy))}”): the FROM line is pinned to that architecture’s digest.`
    case 'holds-entrypoint':
      return `${who}, which brings the program that starts (“${clip(text(createdBy))}”): it was built for one architecture.`
    case 'all-layers':
      return `${many(platforms).length > 2 ? `All of ${list(platforms)}` : list(platforms)} share every layer from ${shortDigest(text(layer))} up, and start a program that can be for one of them only.`
    case 'root-filesystem':
      return `${who}, a whole system (“${clip(text(createdBy))}”): the FROM line is probably pinned to one architecture’s digest.`
    default:
      return `${who}, and nothing tells what it is: the FROM line may be pinned to one architecture’s digest. Its content was not looked at.`
  }
}

function clip(line: string): string {
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}

function isReason(value: unknown): value is EndingReason {
  return (ENDING_REASONS as readonly unknown[]).includes(value)
}

function toTextEvidence(evidence: Evidence): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(evidence).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
    ),
  )
}
