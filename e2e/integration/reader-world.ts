import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type FilesResponse, filesQuery } from '#lib/api/files.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ReadingContext } from '#lib/service/context.ts'
import { listFiles } from '#lib/service/list-files.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import { openLabSources } from './lab-sources.ts'

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

/** What a test needs to read images of a folder, and what it must give back. */
export interface ReaderWorld extends AsyncDisposable {
  readonly folder: string
  readonly context: ReadingContext
  /** Runs a program in the folder and answers what it wrote. Throws when it fails. */
  run(command: string, ...args: readonly string[]): Promise<string>
}

/** A new folder and a context that reads layouts in it, by real threads. */
export async function openReaderWorld(): Promise<ReaderWorld> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-layers-'))
  const now = () => new Date()
  const sources = openLabSources({ home: folder, layoutRoots: [folder] })
  const layers = new LayerReader({
    projectRoot: PROJECT_ROOT,
    cacheDir: undefined,
    cacheMaxBytes: 64 << 20,
    now,
  })
  return {
    folder,
    context: { openSource: sources.open, listings: new TagListings(sources.open, now), now, layers },
    run: async (command, ...args) => (await run(command, args, { cwd: folder, maxBuffer: 64 << 20 })).stdout,
    async [Symbol.asyncDispose]() {
      await layers.close()
      await sources.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A path with everything that Archway and a disk both know of it. */
export type ComparedEntry = Omit<FilesResponse['entries'][number], 'layer' | 'hardLinkTo'>

/** The merged file system as Archway tells it. Throws when a layer could not be read. */
export async function shownFiles({ context }: ReaderWorld, ref: string): Promise<ComparedEntry[]> {
  const { entries, complete, layers } = await listFiles(context, filesQuery.parse({ ref, limit: 20_000 }))
  if (!complete) throw new Error(JSON.stringify(layers))
  return entries.filter((entry) => entry.path !== '').map(({ layer: _, hardLinkTo: __, ...entry }) => entry)
}

/** What is really in a folder, in path order. */
export async function filesOnDisk(root: string): Promise<ComparedEntry[]> {
  const names = await namesBelow(root, '')
  const entries = await Promise.all(names.map((name) => entryOnDisk(root, name)))
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Node's own recursive listing walks through links to folders. */
async function namesBelow(root: string, folder: string): Promise<string[]> {
  const children = await readdir(path.join(root, folder), { withFileTypes: true })
  const names = children.map(async (child) => {
    const name = path.join(folder, child.name)
    return child.isDirectory() ? [name, ...(await namesBelow(root, name))] : [name]
  })
  return (await Promise.all(names)).flat()
}

async function entryOnDisk(root: string, name: string): Promise<ComparedEntry> {
  const file = path.join(root, name)
  const stats = await lstat(file)
  const base = {
    path: name,
    mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'),
    uid: stats.uid,
    gid: stats.gid,
  }
  if (stats.isSymbolicLink()) {
    return { ...base, type: 'symlink', sizeBytes: 0, linkTarget: await readlink(file) }
  }
  if (stats.isFile()) {
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return { ...base, type: 'file', sizeBytes: stats.size, sha256 }
  }
  const type = stats.isDirectory()
    ? 'directory'
    : stats.isFIFO()
      ? 'fifo'
      : stats.isCharacterDevice()
        ? 'character-device'
        : 'block-device'
  return { ...base, type, sizeBytes: 0 }
}
