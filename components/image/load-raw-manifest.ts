import type { ProblemDto } from '#lib/api/parts.ts'
import { ProblemError } from '#lib/client/problem-error.ts'

/** The bytes of a manifest as text. `verified`: who hashed them and found the digest. */
export interface RawManifestText {
  readonly text: string
  readonly sizeBytes: number
  readonly mediaType: string
  /** As Archway states it, after it hashed the bytes itself. */
  readonly digest: string
  readonly verified: 'here' | 'by Archway'
}

/**
 * Fetches the exact bytes of a manifest and hashes them once more in the browser, where it can (not on plain http).
 * Throws `ProblemError`.
 */
export async function loadRawManifest(path: string, signal: AbortSignal): Promise<RawManifestText> {
  const response = await fetch(path, { signal })
  if (!response.ok) throw new ProblemError(await problemOf(response))
  const bytes = await response.arrayBuffer()
  const digest = response.headers.get('docker-content-digest') ?? ''
  return {
    text: new TextDecoder().decode(bytes),
    sizeBytes: bytes.byteLength,
    mediaType: response.headers.get('content-type') ?? '',
    digest,
    verified: await verify(bytes, digest),
  }
}

async function verify(bytes: ArrayBuffer, digest: string): Promise<RawManifestText['verified']> {
  const [algorithm, hex] = digest.split(':')
  const { subtle } = globalThis.crypto
  if (subtle === undefined || (algorithm !== 'sha256' && algorithm !== 'sha512')) return 'by Archway'
  const hash = await subtle.digest(algorithm === 'sha256' ? 'SHA-256' : 'SHA-512', bytes)
  if (hexOf(new Uint8Array(hash)) === hex) return 'here'
  throw new ProblemError({
    type: 'urn:archway:problem:digest_mismatch',
    title: 'The bytes do not match their digest',
    status: 0,
    detail: `What this browser received does not hash to ${digest}.`,
    code: 'digest_mismatch',
    hint: 'Something between Archway and this browser changed it. Do not use it.',
  })
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function problemOf(response: Response): Promise<ProblemDto> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body)
    return body as ProblemDto
  return {
    type: 'urn:archway:problem:answer_unintelligible',
    title: 'The answer makes no sense',
    status: response.status,
    detail: `Archway, or something in front of it, answered HTTP ${response.status}.`,
    code: 'answer_unintelligible',
    hint: 'If a proxy stands between, look at its log.',
  }
}
