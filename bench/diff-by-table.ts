import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { openReaderWorld, type ReaderWorld } from '#e2e/integration/reader-world.ts'
import { startCountingProxy } from '#e2e/lab/counting-proxy.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { mediaTypes } from '#e2e/lab/media-type.ts'
import type { LabRegistry } from '#e2e/lab/registry.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { pushTag } from '#e2e/lab/seeded.ts'
import { type DiffResponse, diffQuery } from '#lib/api/diff.ts'
import { diffReferences } from '#lib/service/diff-references.ts'
import { convertToEstargz } from './convert-estargz.ts'
import type { Measurement } from './report.ts'
import { type SystemArchitecture, systemLayer } from './system-layer.ts'
import { milliseconds, timed } from './validate-image.ts'

const REPOSITORY = 'bench/estargz'
const SHARE_BOUND = 0.05
const SYSTEMS: readonly (readonly [string, SystemArchitecture])[] = [
  ['amd64', 'amd64'],
  ['ppc64le', 'ppc64el'],
]

/**
 * The difference of two whole systems whose layers are eStargz, by their tables of contents and by their bytes, with
 * what the registry sent counted by a proxy before it. Undefined where the systems are not to be had.
 */
export async function benchDiffByTable(): Promise<Measurement[] | undefined> {
  await using world = await openReaderWorld()
  await using lab = await startLab({ registries: ['open'] })
  const registry = lab.registry('open')
  const layerBytes = await seedEstargz(registry, world.folder)
  if (layerBytes === undefined) return undefined
  const byTable = await compare(registry, false)
  const byBytes = await compare(registry, true)
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  const share = byTable.sentBytes / layerBytes
  const isSame = conclusionOf(byTable.diff) === conclusionOf(byBytes.diff)
  return [
    { what: 'both layers, eStargz', value: megabytes(layerBytes) },
    {
      what: `diff by table: sent by the registry in ${byTable.requests} requests, manifests and headers included`,
      value: megabytes(byTable.sentBytes),
    },
    {
      what: 'sent against the layers',
      value: `${(share * 100).toFixed(1)} %`,
      bound: 'at most 5 %',
      holds: share <= SHARE_BOUND,
    },
    {
      what: 'summary, highlights, packages and counts of binaries the same as of the whole layers',
      value: isSame ? 'yes' : 'no',
      bound: 'yes',
      holds: isSame,
    },
    { what: 'cold diff by table', value: milliseconds(byTable.ms) },
    { what: 'cold diff by the whole layers', value: milliseconds(byBytes.ms) },
  ]
}

interface Compared {
  readonly diff: DiffResponse
  readonly sentBytes: number
  readonly requests: number
  readonly ms: number
}

/** With an empty cache of its own. */
async function compare(registry: LabRegistry, whole: boolean): Promise<Compared> {
  await using world: ReaderWorld = await openReaderWorld()
  await using proxy = await startCountingProxy(registry.host)
  const query = diffQuery.parse({
    from: `${proxy.host}/${REPOSITORY}:1`,
    ...{ fromPlatform: 'linux/amd64', toPlatform: 'linux/ppc64le', unfold: ['all'], limit: 10_000 },
    whole: String(whole),
  })
  let diff: DiffResponse | undefined
  const ms = await timed(async () => {
    diff = await diffReferences(world.context, query)
  })
  const basis = [diff?.from, diff?.to].map((side) => side?.layers?.[0]?.basis)
  if (!diff || basis.some((each) => each !== (whole ? 'bytes' : 'table'))) {
    throw new Error(`The layers were read by ${basis.join(' and ')}.`)
  }
  return { diff, ms, sentBytes: proxy.sentBytes, requests: proxy.blobRequests }
}

function conclusionOf({ summary, packages, packagesSame, binaries, filesTotal }: DiffResponse): string {
  return JSON.stringify({ summary, packages, packagesSame, binaries, filesTotal })
}

/** Pushes the systems with eStargz layers; answers the bytes of both. */
async function seedEstargz(registry: LabRegistry, folder: string): Promise<number | undefined> {
  const children = []
  let layerBytes = 0
  for (const [architecture, system] of SYSTEMS) {
    const packed = await systemLayer(system, folder)
    if (packed === undefined) return undefined
    const archive = path.join(folder, 'system.tar')
    const file = path.join(folder, 'layer')
    await pipeline(createReadStream(packed), createGunzip(), createWriteStream(archive))
    const { digest, diffId, sizeBytes, annotations } = await convertToEstargz(archive, file)
    layerBytes += sizeBytes
    const mediaType = mediaTypes.oci.layer
    const layer = { mediaType, digest, size: sizeBytes, diffId, bytes: await readFile(file) }
    const layers = [{ mediaType, digest, size: sizeBytes, annotations }]
    children.push(buildImage({ architecture, layers: [layer], manifestFields: { layers } }))
    await Promise.all([archive, file].filter(existsSync).map((each) => rm(each)))
  }
  await pushTag(openRepository(registry, REPOSITORY), '1', buildIndex({ children }))
  return layerBytes
}
