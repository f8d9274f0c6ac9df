import { ForeignText } from '#components/image/foreign-text.tsx'
import { OutputBlock } from '#components/run/output-block.tsx'
import { VerdictMark } from '#components/run/verdict-mark.tsx'
import { formatDuration } from '#components/ui/duration.ts'
import type { ReportJobDto } from '#lib/api/reports.ts'

type Test = NonNullable<ReportJobDto['tests']>[number]

const KINDS: Readonly<Record<Test['kind'], string>> = {
  command: 'command',
  'file-existence': 'file',
  'file-content': 'file content',
  metadata: 'config',
}

/** The structure tests of one platform: how each came out, why, and what a command that did not pass wrote. */
export function TestList({ platform, tests }: { platform: string; tests: readonly Test[] }) {
  return (
    <ul className="grid gap-1.5">
      {tests.map(({ name, kind, verdict, messages, durationMs, output }, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: names repeat and tests have no identity but their place
          key={at}
          className="grid grid-cols-[110px_minmax(0,1fr)] items-start gap-x-3 print:break-inside-avoid"
        >
          <VerdictMark verdict={verdict} />
          <div className="grid min-w-0 gap-1">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <ForeignText text={name} maxLength={300} className="min-w-0 break-words font-[550]" />
              <span className="text-muted text-note tabular-nums">
                {KINDS[kind]}
                {kind === 'command' && durationMs > 0 && ` · ${formatDuration(durationMs)}`}
              </span>
            </p>
            {messages.map((message, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <ForeignText key={line} text={message} maxLength={1_000} className="break-words text-muted" />
            ))}
            {output !== undefined && (
              <OutputBlock
                of={`test ${at + 1}, ${name.slice(0, 100)}, on ${platform}`}
                parts={[{ stream: 'stdout', text: output }]}
              />
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
