import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { archiveEnd, writeMember } from '#lib/image/tar/write-member.ts'
import type { Digest } from '#lib/oci/digest.ts'
import { writeDockerArchive } from '../docker-archive.ts'
import type { LoadRequest } from '../engine.ts'
import programs from './port-programs.json' with { type: 'json' }

/**
 * The image of the helper that tries ports, some 3 kB: one static program, `/probe`, for the machine of the engine. It is
 * made here of the compiled program (samples/port-probe), so that it needs no registry and no file beside the code; the
 * same bytes each time, so that an engine that has it loads nothing. Undefined for a machine without a program.
 */
export function portImage(architecture: string): LoadRequest | undefined {
  const packed = Object.hasOwn(programs, architecture)
    ? programs[architecture as keyof typeof programs]
    : undefined
  if (packed === undefined) return undefined
  const program = inflateRawSync(Buffer.from(packed, 'base64'))
  const layer = Buffer.concat([...writeMember('probe', program, 0o755), archiveEnd()])
  const digest = digestOf(layer)
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      created: '2026-11-24T00:00:00Z',
      config: { User: '65532:65532', Entrypoint: ['/probe'] },
      rootfs: { type: 'layers', diff_ids: [digest] },
      history: [{ created: '2026-11-24T00:00:00Z', created_by: 'Archway: tries ports' }],
    }),
  )
  const configDigest = digestOf(config)
  const layers = [{ digest, sizeBytes: layer.byteLength, read: async () => layer }]
  return { configDigest, archive: writeDockerArchive({ configDigest, config, layers }) }
}

function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest
}
