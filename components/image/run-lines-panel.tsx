import { ChevronRight } from 'lucide-react'
import { CodeLine } from './code-line.tsx'
import type { RunLines, ToolLines } from './run-lines.ts'
import { SubSection } from './sub-section.tsx'

/** How to get and start exactly this image. The first tool is open, the others are one click away. */
export function RunLinesPanel({ lines }: { lines: RunLines }) {
  const [first, ...others] = lines.tools
  return (
    <SubSection title="Get and run it">
      {first && <Lines tool={first} />}
      {others.length > 0 && (
        <details className="group/tools mt-1.5">
          <summary className="inline-flex items-center gap-1 rounded-mark text-muted text-note hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight
              aria-hidden="true"
              className="size-3 transition-transform group-open/tools:rotate-90"
            />
            with {others.map((tool) => tool.tool).join(', ')}
          </summary>
          <div className="mt-1.5 grid gap-1.5">
            {others.map((tool) => (
              <Lines key={tool.tool} tool={tool} />
            ))}
          </div>
        </details>
      )}
      <p className="mt-1.5 text-muted text-note">{lines.note}</p>
    </SubSection>
  )
}

function Lines({ tool }: { tool: ToolLines }) {
  return (
    <div className="grid gap-1.5">
      {tool.lines.map((line) => (
        <CodeLine key={line} line={line} what={line.split(' ', 2).join(' ')} />
      ))}
    </div>
  )
}
