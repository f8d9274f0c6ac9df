import { shortDigest } from '#lib/oci/digest.ts'
import { ENDING_REASONS, type EndingReason } from '#lib/report/ending.ts'
import { endingText } from '#lib/report/ending-text.ts'
import type { Finding } from './finding.ts'
import { CHECK_INFO, type CheckCode } from './info.ts'

type Evidence = Finding['evidence']

const MESSAGES: Readonly<Record<CheckCode, (evidence: Evidence) => string>> = {
  'META-001': ({ index, config }) =>
    `The index says ${text(index)}, the image’s own config says ${text(config)}.`,
  'META-002': ({ what, digest, platforms }) =>
    `${list(platforms)} share one ${text(what)}, ${shortDigest(text(digest))}.`,
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
  'ELF-003': ({ path, loader, reason, found }) => {
    if (reason === 'missing')
      return `${text(path)} needs the loader ${text(loader)}, which is not in the image.`
    return `${text(path)} needs the loader ${text(loader)}, which is ${text(found) ? `ELF ${text(found)}` : 'no ELF file'}.`
  },
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

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function many(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : []
}

function list(value: unknown): string {
  const all = many(value)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
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
