import type { ReadingProgress } from '#lib/api/reading.ts'
import type { LayerProgress } from '#lib/image/layer/read-layer.ts'
import type { Digest } from '#lib/oci/digest.ts'
import type { Descriptor } from '#lib/oci/manifest.ts'

interface CountedLayer {
  readonly sizeBytes: number
  progress: LayerProgress
  isDone: boolean
}

/** How far the layers of one question are; a layer that several images share counts once. */
export class ReadingTally {
  private readonly layers = new Map<Digest, CountedLayer>()
  private readonly tell: (progress: ReadingProgress) => void

  /** `tell` hears of every change: whoever shows them thins them out. */
  constructor(tell: (progress: ReadingProgress) => void) {
    this.tell = tell
  }

  /** Layers that will be read; some may have been counted before. */
  begin(descriptors: readonly Descriptor[]): void {
    for (const { digest, sizeBytes } of descriptors) {
      if (this.layers.has(digest)) continue
      this.layers.set(digest, { sizeBytes, progress: { readBytes: 0, entries: 0 }, isDone: false })
    }
    this.tellAll()
  }

  note(digest: Digest, progress: LayerProgress): void {
    const layer = this.layers.get(digest)
    if (!layer || layer.isDone) return
    layer.progress = progress
    this.tellAll()
  }

  /** Read, known already, or given up. */
  end(digest: Digest): void {
    const layer = this.layers.get(digest)
    if (!layer) return
    layer.isDone = true
    this.tellAll()
  }

  private tellAll(): void {
    const all = [...this.layers.values()]
    const sum = (of: (layer: CountedLayer) => number) => all.reduce((total, layer) => total + of(layer), 0)
    this.tell({
      layers: all.length,
      layersDone: all.filter(({ isDone }) => isDone).length,
      sizeBytes: sum(({ sizeBytes }) => sizeBytes),
      readBytes: sum(({ isDone, sizeBytes, progress }) =>
        isDone ? sizeBytes : Math.min(sizeBytes, progress.readBytes),
      ),
      entries: sum(({ progress }) => progress.entries),
    })
  }
}
