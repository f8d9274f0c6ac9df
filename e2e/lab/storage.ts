import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { BuiltBlob } from './blob.ts'
import type { BuiltManifest } from './manifest.ts'
import type { LabRegistry } from './registry.ts'

/** A manifest and the tags to put on it; without tags it is found by digest alone. */
export interface StoredManifest {
  readonly manifest: BuiltManifest
  readonly tags: readonly string[]
}

/** Others get their turn in between: the token server lives in this process too. */
const manifestsPerTurn = 200

/**
 * Writes manifests with all that hangs on them into the folder of distribution's filesystem driver.
 * A push costs the registry about 5 ms a request; this costs 0.1 ms a tag. The registry may run meanwhile,
 * because it looks at the disk for everything it has not seen. It checks nothing, unlike a push.
 */
export async function writeManifests(
  registry: LabRegistry,
  repository: string,
  stored: Iterable<StoredManifest>,
): Promise<void> {
  const root = path.join(registry.storageFolder, 'docker/registry/v2')
  const home = path.join(root, 'repositories', repository)
  let count = 0
  for (const { manifest, tags } of stored) {
    writeManifest(root, home, manifest)
    for (const tag of tags) {
      const folder = path.join(home, '_manifests/tags', tag)
      write(path.join(folder, 'index/sha256', hexOf(manifest)), 'link', manifest.digest)
      write(path.join(folder, 'current'), 'link', manifest.digest)
    }
    if (++count % manifestsPerTurn === 0) await setImmediate()
  }
}

/** Where the registry keeps a blob or a manifest: what is written there is served under this digest. */
export function storedFile(registry: LabRegistry, digest: string): string {
  const hex = digest.slice('sha256:'.length)
  return path.join(registry.storageFolder, 'docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data')
}

function writeManifest(root: string, home: string, manifest: BuiltManifest): void {
  const revision = path.join(home, '_manifests/revisions/sha256', hexOf(manifest))
  if (existsSync(revision)) return
  for (const child of manifest.children) writeManifest(root, home, child)
  for (const blob of manifest.blobs) {
    writeData(root, blob)
    write(path.join(home, '_layers/sha256', hexOf(blob)), 'link', blob.digest)
  }
  writeData(root, manifest)
  write(revision, 'link', manifest.digest)
}

function writeData(root: string, blob: BuiltBlob): void {
  const hex = hexOf(blob)
  write(path.join(root, 'blobs/sha256', hex.slice(0, 2), hex), 'data', blob.bytes)
}

function write(folder: string, name: string, content: string | Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, name), content)
}

function hexOf(blob: BuiltBlob): string {
  return blob.digest.slice('sha256:'.length)
}
