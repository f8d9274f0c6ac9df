import type { PullProgress } from '../engine.ts'
import type { EngineEvent } from './read-events.ts'

interface LayerState {
  doneBytes: number
  totalBytes: number
  isDownloaded: boolean
}

/** The engine names layers by the first twelve digits of their digest. */
const SHORT_ID = /^[a-f0-9]{12}$/
const DOWNLOADED = new Set(['Verifying Checksum', 'Download complete', 'Extracting', 'Pull complete'])

/** Adds up what the layers of one pull report. */
export class PullProgressCounter {
  readonly #layers = new Map<string, LayerState>()
  #told = ''

  /** `layers` as the manifest lists them, so that the total is known before the first byte. */
  constructor(layers: readonly { readonly digest: string; readonly sizeBytes: number }[] = []) {
    for (const { digest, sizeBytes } of layers) {
      const id = digest.slice(digest.indexOf(':') + 1).slice(0, 12)
      this.#layers.set(id, { doneBytes: 0, totalBytes: sizeBytes, isDownloaded: false })
    }
  }

  /** Takes an event in. Answers the progress when it changed by it. */
  take(event: EngineEvent): PullProgress | undefined {
    const { id, status = '', progressDetail } = event
    if (id === undefined || !SHORT_ID.test(id)) return undefined
    const layer = this.#layers.get(id) ?? { doneBytes: 0, totalBytes: 0, isDownloaded: false }
    this.#layers.set(id, layer)
    if (status === 'Downloading') {
      layer.totalBytes ||= progressDetail?.total ?? 0
      layer.doneBytes = Math.max(layer.doneBytes, progressDetail?.current ?? 0)
    } else if (DOWNLOADED.has(status) || status === 'Already exists') {
      layer.isDownloaded = true
    }
    const progress = this.progress()
    const text = JSON.stringify(progress)
    if (text === this.#told) return undefined
    this.#told = text
    return progress
  }

  /** Everything is there. */
  finish(): PullProgress {
    for (const layer of this.#layers.values()) layer.isDownloaded = true
    return this.progress()
  }

  /** Where it stands. A layer in the engine counts whole, whether it was downloaded now or was there. */
  progress(): PullProgress {
    const layers = [...this.#layers.values()]
    const done = (layer: LayerState) =>
      layer.isDownloaded ? layer.totalBytes : Math.min(layer.doneBytes, layer.totalBytes)
    return {
      phase: layers.length > 0 && layers.every((layer) => layer.isDownloaded) ? 'extracting' : 'downloading',
      doneBytes: layers.reduce((sum, layer) => sum + done(layer), 0),
      totalBytes: layers.reduce((sum, layer) => sum + layer.totalBytes, 0),
    }
  }
}
