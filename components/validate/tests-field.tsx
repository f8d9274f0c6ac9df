'use client'

import { useId, useRef, useState } from 'react'
import { cn } from '#components/ui/cn.ts'
import { FieldProblem } from '#components/ui/field.tsx'
import { plural } from '#components/ui/plural.ts'
import type { StructureFault } from '#lib/structure/structure-faults.ts'
import { Fold } from './fold.tsx'
import type { FormPartProps } from './form-part.ts'

/** Of a file that somebody chooses; the API takes no more. */
const MAX_BYTES = 200_000

interface TestsFieldProps extends FormPartProps {
  /** What the parser does not understand of it. */
  readonly faults: readonly StructureFault[]
}

/** A container-structure-test file, chosen or pasted; folded until asked for. */
export function TestsField({ values, problems, faults, onChange }: TestsFieldProps) {
  const [problem, setProblem] = useState<string>()
  const ids = { text: useId(), note: useId(), file: useId() }
  const { tests } = values
  const lines = tests.trim() === '' ? 0 : tests.trimEnd().split('\n').length
  const wrong = problem ?? problems.tests
  const area = useRef<HTMLTextAreaElement>(null)
  const isWrong = wrong !== undefined || faults.length > 0
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > MAX_BYTES) setProblem(`${file.name} is larger than 200 kB.`)
    else {
      setProblem(undefined)
      onChange({ tests: await file.text() })
    }
  }
  return (
    <Fold title="Tests of your own" told={lines === 0 ? 'none' : plural(lines, 'line')} isWrong={isWrong}>
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <label htmlFor={ids.text} className="font-[550]">
            container-structure-test file
          </label>
          <label htmlFor={ids.file} className="text-note">
            <span className="sr-only">Choose a container-structure-test file</span>
            <input
              id={ids.file}
              type="file"
              accept=".yaml,.yml,.json"
              onChange={(event) => void take(event.target.files?.[0])}
              className="max-w-full text-muted file:mr-2 file:rounded-control file:border file:border-line file:bg-surface file:px-2.5 file:py-1 file:text-ink hover:file:border-line-strong"
            />
          </label>
        </div>
        <textarea
          ref={area}
          id={ids.text}
          rows={8}
          spellCheck={false}
          aria-invalid={isWrong}
          aria-describedby={ids.note}
          value={tests}
          placeholder={EXAMPLE}
          onChange={(event) => onChange({ tests: event.target.value })}
          className={cn(
            'mono w-full min-w-0 resize-y rounded-control border border-line bg-surface px-2.5 py-1.5 transition-colors',
            'hover:border-line-strong focus:border-accent aria-invalid:border-fail',
          )}
        />
        <div id={ids.note} className="text-note">
          {wrong !== undefined && <FieldProblem text={wrong} />}
          {faults.length > 0 && (
            <ul aria-label="What is not understood" className="mb-1 grid gap-0.5">
              {faults.map(({ line, message }) => (
                <li key={`${line} ${message}`} className="flex items-baseline gap-2">
                  {line !== undefined && (
                    <button
                      type="button"
                      onClick={() => selectLine(area.current, line)}
                      className="shrink-0 text-accent tabular-nums hover:underline"
                    >
                      Line {line}
                    </button>
                  )}
                  <FieldProblem text={message} />
                </li>
              ))}
            </ul>
          )}
          <p className="text-muted">
            Schema 2.0.0: commands, files, their contents and the image’s config, on every platform.
          </p>
        </div>
      </div>
    </Fold>
  )
}

/** Moves the caret over a line, counted from 1. */
function selectLine(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return
  const before = area.value.split('\n').slice(0, line - 1)
  const from = before.reduce((sum, { length }) => sum + length + 1, 0)
  const end = area.value.indexOf('\n', from)
  area.focus()
  area.setSelectionRange(from, end < 0 ? area.value.length : end)
}

const EXAMPLE = `schemaVersion: "2.0.0"
commandTests:
  - name: says its version
    command: app
    args: ["--version"]
    expectedOutput: ["v[0-9]+"]`
