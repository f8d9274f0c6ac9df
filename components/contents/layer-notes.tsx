import { ForeignText } from '#components/image/foreign-text.tsx'
import { plural } from '#components/ui/plural.ts'
import type { ContentsBase } from '#lib/api/image-contents.ts'
import { layerNoteText } from '#lib/image/layer/layer-note-text.ts'

interface LayerNotesProps {
  readonly read: ContentsBase['layers']
  /** Whose layers they are, where that is not plain. */
  readonly name?: string
}

/** What is odd about entries of layers that were read all the same. Nothing where nothing is. */
export function LayerNotes({ read, name }: LayerNotesProps) {
  const notes = read.flatMap((layer, at) => layer.notes.map((note) => ({ ...note, layer: at + 1 })))
  if (notes.length === 0) return null
  return (
    <details className="card mt-3 border-l-[3px] border-l-warn">
      <summary className="px-[18px] py-2.5 -outline-offset-2 hover:bg-sunken/60">
        {plural(notes.length, 'oddity', 'oddities')} in the layers{name === undefined ? '' : ` of ${name}`}
      </summary>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1 px-[18px] pb-3">
        {notes.map(({ code, path, layer }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer may say the same of a path twice
          <li key={at} className="wrap-anywhere">
            <span className="text-muted">Layer {layer}</span>{' '}
            <span className="mono">
              <ForeignText text={path} maxLength={400} />
            </span>{' '}
            {layerNoteText(code)}. <span className="mono text-muted">{code}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
