import { LayerMark } from '#components/contents/layer-mark.tsx'
import { plural } from '#components/ui/plural.ts'
import { ReadAgain, type Rereading } from '#components/ui/read-again.tsx'
import type { LayerDto } from '#lib/api/image.ts'
import type { ContentsBase } from '#lib/api/image-contents.ts'

interface LayerProblemsProps extends Rereading {
  readonly read: ContentsBase['layers']
  readonly layers: readonly LayerDto[]
}

/** Which layers could not be read, and what that means for all that is shown. */
export function LayerProblems({ read, layers, ...rereading }: LayerProblemsProps) {
  const failed = read.flatMap(({ digest, problem }, at) => (problem ? [{ digest, problem, at }] : []))
  if (failed.length === 0) return null
  return (
    <div role="alert" className="card mt-4 border-l-[3px] border-l-warn px-[18px] py-3.5">
      <p className="font-[620]">
        Not complete: {plural(failed.length, 'layer')} of {read.length} could not be read
      </p>
      <p className="mt-0.5 text-muted">
        What is shown comes from the other layers. Files may be missing here, and ones may be shown that an
        unread layer replaces or deletes.
      </p>
      <ul className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {failed.map(({ digest, problem, at }) => (
          <li key={`${at} ${digest}`} className="wrap-anywhere min-w-0">
            <LayerMark layer={at} layers={layers} /> {problem.detail}{' '}
            <span className="mono break-all text-muted">
              {problem.code} · {digest}
            </span>
          </li>
        ))}
      </ul>
      <ReadAgain {...rereading} />
    </div>
  )
}
