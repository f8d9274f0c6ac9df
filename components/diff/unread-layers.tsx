import { formatBytes } from '#components/ui/bytes.ts'
import { ReadAgain, type Rereading } from '#components/ui/read-again.tsx'
import type { DiffSideDto } from '#lib/api/diff.ts'
import { shortDigest } from '#lib/oci/digest.ts'

interface UnreadLayersProps extends Rereading {
  readonly sides: readonly { readonly name: string; readonly side: DiffSideDto }[]
}

/** Layers that could not be read, why, and what that means for all below. Nothing where all could. */
export function UnreadLayers({ sides, ...rereading }: UnreadLayersProps) {
  const unread = sides.flatMap(({ name, side }) =>
    (side.layers ?? []).flatMap((layer, at) =>
      layer.state === 'failed'
        ? [{ name, at, digest: layer.digest, sizeBytes: layer.sizeBytes, problem: layer.problem }]
        : [],
    ),
  )
  if (unread.length === 0) return null
  return (
    <div role="alert" className="card mt-3 border-l-[3px] border-l-warn px-[18px] py-3.5">
      <p className="font-[620]">
        {unread.length === 1 ? 'A layer' : `${unread.length} layers`} could not be read
      </p>
      <p className="mt-0.5 text-muted">
        Files, packages and programs below are those of the other layers: what seems to be missing on that
        side may lie in here.
      </p>
      <ul className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {unread.map(({ name, at, digest, sizeBytes, problem }) => (
          <li key={`${name} ${at}`} className="wrap-anywhere min-w-0">
            Layer {at + 1} of <span className="mono">{name}</span>{' '}
            <span className="mono text-muted" title={digest}>
              {shortDigest(digest)}
            </span>
            , {formatBytes(sizeBytes)}: {problem?.detail ?? 'no reason is known.'}{' '}
            {problem && <span className="mono text-muted">{problem.code}</span>}
          </li>
        ))}
      </ul>
      <ReadAgain {...rereading} />
    </div>
  )
}
