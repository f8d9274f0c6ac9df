import type { ContentsBase } from '#lib/api/image-contents.ts'
import { layerNoteText } from '#lib/image/layer/layer-note-text.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { complain } from './output.ts'
import { safeText } from './table.ts'

/** Oddities of one layer that are told; the API has a hundred. */
const NOTES_SHOWN = 5

/**
 * Says of layers, the lowest being 0, which could not be read and why, and what is odd about entries of the others; `of`
 * names the image.
 */
export function complainOfLayers(layers: ContentsBase['layers'], of = ''): void {
  layers.forEach(({ digest, state, problem, notes }, at) => {
    const name = `archway: ${of === '' ? '' : `${safeText(of)}: `}layer ${at} (${shortDigest(digest)})`
    if (state === 'failed') {
      const code = problem ? ` [${safeText(problem.code)}]` : ''
      complain(`${name}: ${safeText(problem?.detail ?? 'It could not be read.')}${code}`)
    }
    for (const { code, path } of notes.slice(0, NOTES_SHOWN))
      complain(`${name}: ${safeText(path)} ${layerNoteText(safeText(code))} [${safeText(code)}]`)
    if (notes.length > NOTES_SHOWN) complain(`${name}: ${notes.length - NOTES_SHOWN} more oddities`)
  })
}
