import { formatCount, plural } from '#components/ui/plural.ts'
import type { ContentsBase } from '#lib/api/image-contents.ts'

interface TableNoteProps {
  /** Of one image, or of both sides of a comparison. */
  readonly read: ContentsBase['layers']
}

/** What nobody looked into, where tables of contents were taken for layers. Nothing where nothing was left out. */
export function TableNote({ read }: TableNoteProps) {
  const scanned = read.filter(({ unlookedFiles = 0 }) => unlookedFiles > 0)
  if (scanned.length === 0) return null
  const unlooked = scanned.reduce((sum, { unlookedFiles = 0 }) => sum + unlookedFiles, 0)
  return (
    <p className="mt-3 max-w-[75ch] text-muted text-note">
      {plural(scanned.length, 'layer')} by table of contents, which the manifest vouches for, and by parts of
      the layer: nobody looked into {formatCount(unlooked)} files that are neither executable nor named like
      code. <span className="mono">--whole</span> reads all.
    </p>
  )
}
