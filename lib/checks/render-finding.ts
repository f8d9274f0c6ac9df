import { shortDigest } from '#lib/oci/digest.ts'
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
