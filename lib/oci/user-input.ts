import { AppError } from '#lib/errors/app-error.ts'
import { parseReference, type Reference, type Repository } from './reference.ts'

/** Where what somebody typed or pasted leads. */
export type Destination =
  | { readonly kind: 'repository'; readonly repository: Repository }
  | { readonly kind: 'image'; readonly reference: Reference }

/**
 * Reads what a person puts into the one field: a repository, a reference, `docker pull …`, `docker://…`, or a URL
 * pasted from Docker Hub, Quay, GHCR or a registry's API. Throws `reference_invalid` or `digest_invalid`.
 */
export function parseUserInput(input: string): Destination {
  const text = stripCommand(input.trim())
  const url = /^https?:\/\//i.test(text) ? parseUrl(text) : undefined
  const reference = parseReference(url ? referenceOfUrl(url, input) : text.replace(/^docker:\/\//i, ''))
  const isWhole = reference.tag === undefined && reference.digest === undefined
  return isWhole ? { kind: 'repository', repository: reference.repository } : { kind: 'image', reference }
}

/** `docker pull --platform linux/ppc64le X` → `X`: the last word of a command that a registry page offers to copy. */
function stripCommand(text: string): string {
  const words = text.replace(/^\$\s+/, '').split(/\s+/)
  if (words.length < 2 || !/^(?:sudo|docker|podman|nerdctl|skopeo|crane)$/.test(words[0] ?? '')) return text
  const verb = words.findIndex((word) => /^(?:pull|run|inspect|manifest|digest)$/.test(word))
  const after = words.slice(verb + 1)
  if (verb < 0 || after.length === 0) return text
  return firstOperand(after) ?? text
}

/** Flags of `pull` and `run` whose value is a word of its own. */
const TAKES_VALUE =
  /^(?:-[aehlmpuvw]|--(?:add-host|annotation|attach|cap-add|cap-drop|cgroupns|cpus|cpuset-cpus|device|dns|entrypoint|env|env-file|expose|gpus|group-add|health-cmd|hostname|ip|ipc|label|log-driver|log-opt|memory|mount|name|network|network-alias|pid|pids-limit|platform|publish|pull|restart|runtime|security-opt|shm-size|stop-signal|stop-timeout|sysctl|tmpfs|ulimit|user|userns|volume|volumes-from|workdir))$/

/** The first word that is neither a flag nor the value of a flag known to take one. */
function firstOperand(words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (TAKES_VALUE.test(word)) i++
    else if (!word.startsWith('-') && word !== 'inspect') return word
  }
  return undefined
}

function parseUrl(text: string): URL {
  try {
    return new URL(text)
  } catch (cause) {
    throw new AppError('reference_invalid', `“${text.slice(0, 120)}” is not a URL.`, {
      hint: 'Paste the whole address, or write host/path:tag.',
      cause,
    })
  }
}

function referenceOfUrl(url: URL, input: string): string {
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodePart)
  const reference =
    url.hostname === 'hub.docker.com'
      ? ofDockerHub(url, parts)
      : url.hostname === 'quay.io'
        ? ofQuay(url, parts)
        : url.hostname === 'github.com'
          ? ofGithub(url, parts)
          : ofRegistry(url, parts)
  if (reference !== undefined) return reference
  throw new AppError('reference_invalid', `“${input.slice(0, 120)}” does not lead to a repository.`, {
    hint: 'Paste the address of an image’s own page, or write host/path:tag.',
  })
}

/** `/_/nginx`, `/r/org/app[/tags?name=1.2]`, `/layers/org/app/TAG/…`, `/repository/docker/org/app/…`. */
function ofDockerHub(url: URL, parts: readonly string[]): string | undefined {
  const [page, first, second, third, fourth] = parts
  const name = url.searchParams.get('name')
  const tag = parts.includes('tags') && name ? name : undefined
  if (page === '_' && first) return join(`docker.io/library/${first}`, tag)
  if (page === 'r' && first && second) return join(`docker.io/${first}/${second}`, tag)
  if (page === 'layers' && first && second && third) return join(`docker.io/${first}/${second}`, third)
  if (page === 'repository' && first === 'docker' && second && third) {
    return join(`docker.io/${second}/${third}`, fourth === 'tags' ? parts[5] : undefined)
  }
  return undefined
}

/** `/repository/org/app?tab=tags&tag=latest`, `/repository/org/app/manifest/sha256:…`, or the plain `/org/app:tag`. */
function ofQuay(url: URL, parts: readonly string[]): string | undefined {
  if (parts[0] !== 'repository') return ofRegistry(url, parts)
  const marker = parts.findIndex((part, i) => i > 2 && (part === 'manifest' || part === 'tag'))
  const path = parts.slice(1, marker < 0 ? undefined : marker).join('/')
  if (path === '') return undefined
  const target = marker < 0 ? url.searchParams.get('tag') : parts[marker + 1]
  return join(`quay.io/${path}`, target ?? undefined)
}

/** `/orgs/ORG/packages/container/package/app`, `/OWNER/REPO/pkgs/container/app[/123?tag=1.2]`, `/users/…`. */
function ofGithub(url: URL, parts: readonly string[]): string | undefined {
  const container = parts.indexOf('container')
  const owner = parts[0] === 'orgs' || parts[0] === 'users' ? parts[1] : parts[0]
  const after = parts.slice(container + 1).filter((part, i) => !(i === 0 && part === 'package'))
  const name = after[0]
  if (container < 0 || !owner || !name) return undefined
  return join(
    `ghcr.io/${owner.toLowerCase()}/${name.toLowerCase()}`,
    url.searchParams.get('tag') ?? undefined,
  )
}

/** `/v2/NAME/manifests/REF`, `/v2/NAME/tags/list`, or a host followed by a repository. */
function ofRegistry(url: URL, parts: readonly string[]): string | undefined {
  if (parts.length === 0) return undefined
  if (parts[0] !== 'v2') return `${url.host}/${parts.join('/')}`
  const marker = parts.findLastIndex(
    (part) => part === 'manifests' || part === 'tags' || part === 'referrers',
  )
  if (marker < 2) return undefined
  const target = parts[marker] === 'tags' ? undefined : parts[marker + 1]
  return join(`${url.host}/${parts.slice(1, marker).join('/')}`, target)
}

function join(repository: string, target: string | undefined): string {
  if (!target) return repository
  return /^sha(?:256|512)[:-]/.test(target)
    ? `${repository}@${target.replace('-', ':')}`
    : `${repository}:${target}`
}

/** A broken escape stays as it is: parsing the reference will name it. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
