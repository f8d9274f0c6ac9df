import { type TarEntry, writeTar } from '#e2e/lab/tar.ts'
import type { ContainerSpec, CreatedContainer } from '#lib/engine/container-spec.ts'
import type {
  AddFilesRequest,
  ArchiveOptions,
  BringImageOptions,
  ContainerHealth,
  Engine,
  EngineCallOptions,
  EngineImage,
  EngineImageHandle,
  EngineInfo,
  LoadRequest,
  PullOptions,
  PullRequest,
  SweepRequest,
  Swept,
} from '#lib/engine/engine.ts'
import type { RunOptions, RunOutcome } from '#lib/engine/run-outcome.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { ImageEntry } from '#lib/image/image-entry.ts'
import { memoryImage } from '#lib/image/testing/memory-image.ts'
import type { Platform } from '#lib/oci/platform.ts'

/** What a program in the fake engine does. */
export interface FakeRun extends Partial<Omit<RunOutcome, 'startedAt'>> {
  readonly stdout?: string
  readonly stderr?: string
  /** What its health check says, one answer a question; the last again and again. */
  readonly health?: readonly ContainerHealth[]
  /** Never ends by itself: its time runs out, or it is aborted. */
  readonly hangs?: boolean
}

/** An image that the fake engine can be given, by the digest it is pulled or loaded by. */
export interface FakeImage {
  readonly platform: Platform
  readonly files: Readonly<Record<string, ImageEntry>>
  /** One an attempt; the last again and again. */
  readonly runs: readonly FakeRun[]
  /** The engine has it before anybody pulls it. */
  readonly present?: boolean
}

/** An engine in memory, which does what its images say. `calls` tells what it was asked, in order. */
export class FakeEngine implements Engine {
  readonly address = 'fake://engine'
  readonly images = new Map<string, FakeImage>()
  readonly calls: string[] = []
  readonly specs: ContainerSpec[] = []
  /** Images that a container of somebody else needs. */
  readonly imagesInUse = new Set<string>()
  /** Ids of containers that are there now. */
  readonly containers = new Set<string>()
  /** What a sweep cannot remove. */
  unremovable: readonly string[] = []
  /** Thrown by the named call instead of an answer. */
  readonly failures = new Map<keyof Engine, AppError>()
  readonly about: EngineInfo
  private healthAsked = 0
  private readonly here = new Set<string>()
  private readonly imageOf = new Map<string, string>()
  private readonly runsOf = new Map<string, number>()

  constructor(architecture = 'amd64') {
    this.about = {
      kind: 'docker',
      name: 'fake-1',
      version: '20.10.24',
      apiVersion: '1.41',
      os: 'linux',
      architecture,
      kernel: '6.1.0',
      cpus: 2,
      memoryBytes: 2 ** 32,
      missingLimits: [],
    }
  }

  async info(): Promise<EngineInfo> {
    this.asked('info')
    return this.about
  }

  async pull(
    { digest, layers }: PullRequest,
    { onProgress, onAbsent, signal }: PullOptions = {},
  ): Promise<EngineImageHandle> {
    this.asked('pull', digest)
    throwIfAborted(signal)
    const totalBytes = (layers ?? []).reduce((sum, layer) => sum + layer.sizeBytes, 0)
    onProgress?.({ phase: 'downloading', doneBytes: 0, totalBytes })
    onProgress?.({ phase: 'extracting', doneBytes: totalBytes, totalBytes })
    return this.take(digest, onAbsent)
  }

  async load(
    { configDigest, archive }: LoadRequest,
    { onAbsent }: BringImageOptions = {},
  ): Promise<EngineImageHandle> {
    this.asked('load', configDigest)
    for await (const _ of archive);
    return this.take(configDigest, onAbsent)
  }

  async inspectImage(image: string): Promise<EngineImage | undefined> {
    this.asked('inspectImage', image)
    const found = this.here.has(image) ? this.images.get(image) : undefined
    return found && { id: image, platform: found.platform, sizeBytes: 1, volumes: [] }
  }

  async addFiles({ image, files }: AddFilesRequest): Promise<string> {
    this.asked('addFiles', image)
    const from = this.images.get(image)
    if (from === undefined) throw new AppError('image_gone', `${image} is gone.`)
    const name = `${image}+${Object.keys(files).join('+')}`
    this.images.set(name, from)
    this.here.add(name)
    return name
  }

  async removeImage(image: string): Promise<boolean> {
    this.asked('removeImage', image)
    if (this.imagesInUse.has(image)) return false
    this.here.delete(image)
    return true
  }

  async create(spec: ContainerSpec): Promise<CreatedContainer> {
    this.asked('create', spec.image)
    this.specs.push(spec)
    const id = `container-${this.specs.length}`
    this.containers.add(id)
    this.imageOf.set(id, spec.image)
    return { id, platformRefused: false, warnings: [] }
  }

  async readArchive(
    container: string,
    path: string,
    { maxBytes }: ArchiveOptions,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    this.asked('readArchive', path)
    const entry = await memoryImage(this.imageIn(container).files)(path)
    if (entry === undefined) return undefined
    const archive = writeTar([tarEntry(entry)])
    if (archive.byteLength > maxBytes) throw new AppError('archive_too_large', path)
    return chunks(archive)
  }

  async run(
    container: string,
    { onOutput, timeoutMs, signal, onStarted, enough }: RunOptions,
  ): Promise<RunOutcome> {
    this.asked('run', container)
    const { runs } = this.imageIn(container)
    const image = this.imageOf.get(container) ?? ''
    const at = this.runsOf.get(image) ?? 0
    this.runsOf.set(image, at + 1)
    const run = runs[Math.min(at, runs.length - 1)] ?? {}
    onStarted?.()
    if (run.stdout) onOutput({ stream: 'stdout', bytes: Buffer.from(run.stdout) })
    if (run.stderr) onOutput({ stream: 'stderr', bytes: Buffer.from(run.stderr) })
    if (run.hangs) await Promise.race([untilAborted(signal, timeoutMs), ...(enough ? [enough] : [])])
    const hung = run.hangs ? { exitCode: 137, timedOut: true } : {}
    return { ...DONE, startedAt: new Date(0), ...hung, ...run }
  }

  async health(container: string): Promise<ContainerHealth> {
    this.asked('health', container)
    const said = this.imageIn(container).runs[0]?.health ?? []
    const at = this.healthAsked++
    return said[Math.min(at, said.length - 1)] ?? { status: 'none' }
  }

  async remove(container: string): Promise<void> {
    this.asked('remove', container)
    this.containers.delete(container)
  }

  async sweep({ instance }: SweepRequest): Promise<Swept> {
    this.asked('sweep', instance)
    return { removed: [], left: this.unremovable }
  }

  async close(): Promise<void> {}

  private async take(name: string, onAbsent: BringImageOptions['onAbsent']): Promise<EngineImageHandle> {
    const image = this.images.get(name)
    if (image === undefined) throw new AppError('manifest_unknown', `The engine does not find ${name}.`)
    const wasPresent = image.present === true || this.here.has(name)
    if (!wasPresent) await onAbsent?.(name)
    this.here.add(name)
    return { image: name, wasPresent }
  }

  private imageIn(container: string): FakeImage {
    const image = this.images.get(this.imageOf.get(container) ?? '')
    if (image && this.containers.has(container)) return image
    throw new AppError('container_gone', `${container} is gone.`)
  }

  private asked(call: keyof Engine, what = ''): void {
    this.calls.push(`${call} ${what}`.trim())
    const failure = this.failures.get(call)
    if (failure) throw failure
  }
}

const DONE = {
  exitCode: 0,
  startFailure: undefined,
  oomKilled: false,
  timedOut: false,
  durationMs: 5,
  outputTruncated: false,
  outputBytes: 0,
} as const

function tarEntry(entry: ImageEntry): TarEntry {
  switch (entry.kind) {
    case 'file':
      return { path: 'entry', mode: entry.mode, content: entry.head }
    case 'symlink':
      return { path: 'entry', type: 'symlink', linkTarget: entry.target }
    case 'directory':
      return { path: 'entry', type: 'directory' }
    case 'other':
      return { path: 'entry', type: 'hardlink' }
  }
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 1_000) yield bytes.subarray(at, at + 1_000)
}

function untilAborted(signal: AbortSignal | undefined, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, timeoutMs)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new AppError('cancelled', 'The work was cancelled.'))
    })
  })
}

function throwIfAborted(signal: EngineCallOptions['signal']): void {
  if (signal?.aborted) throw new AppError('cancelled', 'The work was cancelled.')
}
