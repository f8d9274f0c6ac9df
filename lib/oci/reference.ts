import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, parseDigest } from './digest.ts'

/** A repository in a registry, Docker's normalisation applied: `nginx` is `docker.io` and `library/nginx`. */
export interface RegistryRepository {
  readonly kind: 'registry'
  /** Host with port as the user knows it: `docker.io`, `quay.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string
  /** Path below the host: `library/nginx`. */
  readonly path: string
}

/** An OCI layout directory, `oci:PATH`. Whether it may be read is the source's decision. */
export interface LayoutRepository {
  readonly kind: 'layout'
  readonly path: string
}

/** Where images live. */
export type Repository = RegistryRepository | LayoutRepository

/** A repository with what is wanted of it. With both, the digest is the identity and the tag only a memory. */
export interface Reference {
  readonly repository: Repository
  readonly tag?: string
  readonly digest?: Digest
}

const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const HOST = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?$/
const NAME_MAX_LENGTH = 255
const TEXT_MAX_LENGTH = 4096
const DOCKER_HUB = 'docker.io'
const DOCKER_HUB_ALIASES = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])

/**
 * Parses `[host[:port]/]path[:tag][@digest]` or `oci:PATH[:TAG][@digest]`. Adds no default tag.
 * Throws `reference_invalid`, or `digest_invalid` for the part after `@`.
 */
export function parseReference(text: string): Reference {
  const trimmed = text.trim()
  if (trimmed === '') throw invalid(text, 'it is empty')
  if (trimmed.length > TEXT_MAX_LENGTH) throw invalid(text, `it is longer than ${TEXT_MAX_LENGTH} characters`)
  const at = trimmed.indexOf('@')
  const digest = at < 0 ? undefined : parseDigest(trimmed.slice(at + 1))
  const named = at < 0 ? trimmed : trimmed.slice(0, at)
  const { name, tag } = splitTag(named)
  if (tag !== undefined && !TAG.test(tag)) {
    throw invalid(text, `“${clip(tag)}” is not a tag (letters, digits, “_”, “.”, “-”; 128 at most)`)
  }
  const repository = name.startsWith('oci:') ? layout(text, name.slice(4)) : registry(text, name)
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

/** Parses a repository: a reference with neither tag nor digest. Throws `reference_invalid`. */
export function parseRepository(text: string): Repository {
  const reference = parseReference(text)
  if (reference.tag !== undefined || reference.digest !== undefined) {
    throw invalid(text, 'a repository has neither a tag nor a digest')
  }
  return reference.repository
}

/** The canonical text of a repository: `docker.io/library/nginx`, `oci:samples/multiarch-app`. */
export function formatRepository(repository: Repository): string {
  return repository.kind === 'layout' ? `oci:${repository.path}` : `${repository.registry}/${repository.path}`
}

/** The canonical text of a reference; `parseReference` reads it back to the same value. */
export function formatReference(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`
  return `${formatRepository(reference.repository)}${tag}${digest}`
}

/** The reference with `latest` where it names neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined
    ? { ...reference, tag: 'latest' }
    : reference
}

/** The same repository at a digest, tag dropped. */
export function atDigest(repository: Repository, digest: Digest): Reference {
  return { repository, digest }
}

/** The host that serves the registry API: Docker Hub's is not the one in its names. */
export function apiHost(registryHost: string): string {
  return registryHost === DOCKER_HUB ? 'registry-1.docker.io' : registryHost
}

/** Whether `text` can be a tag. */
export function isTag(text: string): boolean {
  return TAG.test(text)
}

function splitTag(named: string): { name: string; tag: string | undefined } {
  const colon = named.lastIndexOf(':')
  const isScheme = named.startsWith('oci:') && colon === 3
  if (colon < 0 || isScheme || colon < named.lastIndexOf('/') || colon < named.lastIndexOf(']')) {
    return { name: named, tag: undefined }
  }
  return { name: named.slice(0, colon), tag: named.slice(colon + 1) }
}

function layout(text: string, path: string): LayoutRepository {
  if (path === '') throw invalid(text, 'a path must follow “oci:”')
  if (path.includes('\0')) throw invalid(text, 'the path holds a NUL character')
  return { kind: 'layout', path: path.length > 1 ? path.replace(/\/+$/, '') || '/' : path }
}

function registry(text: string, name: string): RegistryRepository {
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const hasHost =
    first !== '' && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  const host = hasHost ? first.toLowerCase() : DOCKER_HUB
  const path = hasHost ? name.slice(slash + 1) : name
  if (hasHost) checkHost(text, first)
  if (path === '') throw invalid(text, 'the repository’s path is missing')
  for (const component of path.split('/')) {
    if (!PATH_COMPONENT.test(component)) throw invalid(text, pathReason(component))
  }
  const canonicalHost = DOCKER_HUB_ALIASES.has(host) ? DOCKER_HUB : host
  const full = canonicalHost === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path
  if (canonicalHost.length + 1 + full.length > NAME_MAX_LENGTH) {
    throw invalid(text, `its name is longer than ${NAME_MAX_LENGTH} characters`)
  }
  return { kind: 'registry', registry: canonicalHost, path: full }
}

function checkHost(text: string, host: string): void {
  const match = HOST.exec(host)
  const port = match?.[1]
  if (!match || host.includes('..') || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    throw invalid(text, `“${clip(host)}” is not a host with an optional port`)
  }
}

function pathReason(component: string): string {
  if (component === '') return 'it has an empty path component (two slashes in a row, or one at the end)'
  if (component !== component.toLowerCase())
    return `“${clip(component)}” has upper-case letters; repository names are lower case`
  return `“${clip(component)}” is not a repository path component`
}

function invalid(text: string, reason: string): AppError {
  return new AppError('reference_invalid', `“${clip(text)}” is not an image reference: ${reason}.`, {
    hint: 'Write [host[:port]/]path[:tag][@digest], for example quay.io/org/app:1.2, or oci:PATH[:TAG].',
  })
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
