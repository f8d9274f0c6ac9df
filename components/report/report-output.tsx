import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { plural } from '#components/ui/plural.ts'
import type { ReportExecution } from '#lib/report/model.ts'
import { type OutputStretch, outputLimit, shownOutput } from './output-model.ts'

interface ReportOutputProps {
  /** Whose output it is: `linux/ppc64le`. */
  readonly of: string
  readonly execution: ReportExecution
  /** How many platforms share the page. */
  readonly jobCount: number
}

/** What a program wrote, made harmless, in the order it came; standard error told apart by an edge and a word. */
export function ReportOutput({ of, execution, jobCount }: ReportOutputProps) {
  const { stretches, isStripped } = shownOutput(execution, outputLimit(jobCount))
  const { outputTruncated, outputBytes, output } = execution
  if (stretches.length === 0) return <p className="text-muted">It wrote nothing.</p>
  const notes = [
    outputTruncated
      ? `Cut: it wrote ${formatBytes(outputBytes)}, of which the first ${formatBytes(output.length)} were kept.`
      : undefined,
    isStripped ? 'Colours and cursor movements are left out.' : undefined,
  ].filter((note) => note !== undefined)
  return (
    <>
      <section
        // It scrolls, so it has to be reached by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
        tabIndex={0}
        aria-label={`Output of ${of}`}
        className="max-h-[28rem] overflow-auto rounded-control bg-sunken px-3.5 py-2.5 font-mono text-note leading-[1.55] print:max-h-none print:overflow-visible print:border print:border-line"
      >
        {stretches.map((stretch, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
          <Stretch key={at} stretch={stretch} />
        ))}
      </section>
      {notes.length > 0 && <p className="mt-1.5 text-muted text-note">{notes.join(' ')}</p>}
    </>
  )
}

function Stretch({ stretch }: { stretch: OutputStretch }) {
  if (stretch.kind === 'omitted') {
    return (
      <p className="my-1.5 border-line border-y py-1 font-sans text-muted">
        {plural(stretch.characters, 'character')} left out here; the JSON has all that was kept
      </p>
    )
  }
  const text = <ForeignText text={stretch.text} maxLength={stretch.text.length} />
  if (stretch.stream === 'stdout')
    return <div className="min-h-[1.55em] whitespace-pre-wrap break-words">{text}</div>
  return (
    <div className="relative -ml-2 border-warn border-l-2 pr-14 pl-1.5">
      <div className="min-h-[1.55em] whitespace-pre-wrap break-words">{text}</div>
      <span className="absolute top-0 right-0 select-none font-sans text-micro text-warn">stderr</span>
    </div>
  )
}
