import { shellQuote } from '#components/ui/shell-quote.ts'
import type { ImagePlatformDto } from '#lib/api/image.ts'

/** Command lines of one tool. */
export interface ToolLines {
  readonly tool: 'Docker' | 'Podman' | 'skopeo'
  readonly lines: readonly string[]
}

/** How to get and start one platform's image, with a word on why so. No tools: the note says why there are none. */
export interface RunLines {
  readonly tools: readonly ToolLines[]
  readonly note: string
}

interface RunTarget {
  readonly repository: string
  readonly tag?: string | undefined
  readonly platform: Pick<
    ImagePlatformDto,
    'digest' | 'os' | 'architecture' | 'variant' | 'presence' | 'shadowed' | 'nestedIn'
  >
}

const BY_DIGEST =
  'By the digest of this platform’s own image. Asking for the tag with --platform is not safe: an older Podman ran amd64 when asked for s390x.'

/** The lines for a platform: by digest from a registry; out of an OCI layout, through skopeo. */
export function runLines(target: RunTarget): RunLines {
  const { repository, platform } = target
  if (platform.presence === 'missing') {
    return {
      tools: [],
      note: 'The index lists this image, but it is not in the registry: it cannot be pulled.',
    }
  }
  if (repository.startsWith('oci:')) return layoutLines(target)
  const image = shellQuote(`${repository}@${platform.digest}`)
  return {
    tools: [
      { tool: 'Docker', lines: [`docker pull ${image}`, `docker run --rm ${image}`] },
      ...(platform.os === 'windows'
        ? []
        : [{ tool: 'Podman' as const, lines: [`podman pull ${image}`, `podman run --rm ${image}`] }]),
      {
        tool: 'skopeo',
        lines: [`skopeo inspect ${shellQuote(`docker://${repository}@${platform.digest}`)}`],
      },
    ],
    note: BY_DIGEST,
  }
}

function layoutLines({ repository, tag, platform }: RunTarget): RunLines {
  if (
    tag === undefined ||
    platform.shadowed ||
    platform.nestedIn !== undefined ||
    platform.os === 'windows'
  ) {
    return {
      tools: [],
      note: 'Nothing pulls from an OCI layout by digest, and skopeo would not choose this entry: there is no line to give.',
    }
  }
  const name = (repository.split('/').at(-1) ?? '').replace(/^oci:/, '').toLowerCase()
  const local = isName(name) ? name : 'image'
  const loaded = `${local}:${tag}-${platform.architecture}`
  const choice = [
    '--override-os',
    shellQuote(platform.os),
    '--override-arch',
    shellQuote(platform.architecture),
    ...(platform.variant === undefined ? [] : ['--override-variant', shellQuote(platform.variant)]),
  ].join(' ')
  return {
    tools: [
      {
        tool: 'skopeo',
        lines: [
          `skopeo ${choice} copy ${shellQuote(`${repository}:${tag}`)} ${shellQuote(`docker-daemon:${loaded}`)}`,
          `docker run --rm ${shellQuote(loaded)}`,
        ],
      },
    ],
    note: 'An OCI layout is a folder, so there is nothing to pull: skopeo loads the image into Docker. The path is as Archway sees it; where the layout lies in a subfolder named layout, as the sample’s does, add /layout to it.',
  }
}

function isName(name: string): boolean {
  return /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name)
}
