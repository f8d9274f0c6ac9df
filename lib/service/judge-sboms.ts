import PQueue from 'p-queue'
import type { ImagePlatformDto, ImageResponse } from '#lib/api/image.ts'
import { countPackages } from '#lib/checks/count-packages.ts'
import { type Judgement, judge } from '#lib/checks/run-checks.ts'
import type { SbomFacts } from '#lib/checks/sbom-facts.ts'
import { sup001Content } from '#lib/checks/sup-001.ts'
import type { Gap } from '#lib/checks/unjudged.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { type Descriptor, decodeManifest } from '#lib/oci/manifest.ts'
import { parseRepository } from '#lib/oci/reference.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'
import type { ServiceContext } from './context.ts'

const MAX_SBOM_BYTES = 16 << 20
/** Documents read at a time: each may take its size in memory several times. */
const CONCURRENCY = 2
const MAX_SBOMS = 32
const IS_SBOM = /spdx|cyclonedx/i

/** Reads the SBOM of every platform and judges whether its packages are for it. Never throws. */
export async function judgeSboms(
  context: ServiceContext,
  image: ImageResponse,
  deadline: AbortSignal,
  waited: string,
): Promise<Judgement> {
  const pointers = sbomsOf(image)
  if (pointers.length === 0) return { findings: [], checked: [], unjudged: [] }
  const source = context.openSource(parseRepository(image.repository))
  const queue = new PQueue({ concurrency: CONCURRENCY })
  const read = await queue.addAll(
    pointers.map(({ platform, digest }, position) => async (): Promise<SbomFacts> => {
      const name = platform.platform
      if (position >= MAX_SBOMS) return gap({ reason: 'sbom-not-read', platform: name })
      try {
        return await readSboms(source, platform, digest, { signal: deadline })
      } catch {
        const reason = deadline.aborted ? 'not-in-time' : 'sbom-not-read'
        return gap({ reason, platform: name, ...(deadline.aborted ? { what: waited } : {}) })
      }
    }),
  )
  return judge([sup001Content], {
    sboms: read.flatMap(({ sboms }) => sboms),
    gaps: read.flatMap(({ gaps }) => gaps),
  })
}

function gap(one: Gap): SbomFacts {
  return { sboms: [], gaps: [one] }
}

/** Manifests that hold an SBOM, with the platform each describes. */
function sbomsOf({ platforms, attestations, referrers }: ImageResponse) {
  const present = attestations.filter(
    ({ presence, predicateTypes }) =>
      presence === 'present' && predicateTypes.some((type) => IS_SBOM.test(type)),
  )
  const attached = [...present, ...referrers.filter(({ artifactType }) => IS_SBOM.test(artifactType ?? ''))]
  return attached.flatMap(({ subject, digest }) => {
    const platform = platforms.find((each) => each.digest === subject)
    return platform ? [{ platform, digest }] : []
  })
}

async function readSboms(
  source: ImageSource,
  { platform, architecture, digest: image }: ImagePlatformDto,
  digest: string,
  options: CallOptions,
): Promise<SbomFacts> {
  const fetched = await source.getManifest(parseDigest(digest), options)
  const manifest = decodeManifest(fetched.bytes, fetched.contentType, `The SBOM ${digest}`)
  const documents = manifest.kind === 'image' ? manifest.layers.filter(isSbom) : []
  const small = documents.filter(({ sizeBytes }) => sizeBytes <= MAX_SBOM_BYTES)
  const sboms = await Promise.all(
    small.map(async (document) => {
      const bytes = await source.getBlob(document, MAX_SBOM_BYTES, options)
      const packages = countPackages(JSON.parse(new TextDecoder().decode(bytes)))
      return { platform, architecture, image, sbom: document.digest, packages }
    }),
  )
  const gaps: Gap[] =
    small.length < documents.length ? [{ reason: 'sbom-too-large', platform, what: '16 MiB' }] : []
  return { sboms, gaps }
}

function isSbom({ mediaType, annotations }: Descriptor): boolean {
  return IS_SBOM.test(mediaType) || IS_SBOM.test(annotations['in-toto.io/predicate-type'] ?? '')
}
