'use client'

import { ChevronRight, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CheckLine, Field, FieldProblem, TextInput } from '#components/ui/field.tsx'
import type { FormPartProps } from './expectation-fields.tsx'
import { splitWords } from './split-words.ts'
import type { EnvRow } from './validate-form.ts'

/** What is rarely needed: another command, environment, network, cleaning up. Folded until asked for. */
export function AdvancedFields({ values, problems, onChange }: FormPartProps) {
  const [isOpen, setOpen] = useState(false)
  const isWrong =
    (problems.entrypoint ?? problems.command ?? problems.env ?? problems.memoryMiB ?? problems.pids) !==
    undefined
  return (
    <details
      className="group/advanced card mt-3"
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex items-center gap-2 rounded-card px-[18px] py-2.5 font-[550] hover:bg-sunken/60 max-sm:px-3.5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 text-muted transition-transform group-open/advanced:rotate-90"
        />
        Command, environment, limits
        <span className="ml-auto truncate font-normal text-muted text-note">{told(values)}</span>
      </summary>
      <div className="grid gap-4 border-line border-t px-[18px] py-4 max-sm:px-3.5">
        <WordsField
          label="Entrypoint"
          placeholder="the image’s own"
          text={values.entrypoint}
          problem={problems.entrypoint}
          onChange={(entrypoint) => onChange({ entrypoint })}
        />
        <WordsField
          label="Command"
          placeholder={
            values.entrypoint.trim() === ''
              ? 'the image’s own'
              : 'none: the image’s belongs to its own entrypoint'
          }
          text={values.command}
          problem={problems.command}
          onChange={(command) => onChange({ command })}
        />
        <EnvFields rows={values.env} problem={problems.env} onChange={(env) => onChange({ env })} />
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label="Memory, MiB"
            placeholder="512"
            text={values.memoryMiB}
            problem={problems.memoryMiB}
            onChange={(memoryMiB) => onChange({ memoryMiB })}
          />
          <NumberField
            label="Processes and threads"
            placeholder="256"
            text={values.pids}
            problem={problems.pids}
            onChange={(pids) => onChange({ pids })}
          />
        </div>
        <CheckLine
          checked={values.network}
          onChange={(event) => onChange({ network: event.target.checked })}
          label="Let it on the network"
          note="Images are not trusted: without this they reach nothing."
        />
        <CheckLine
          checked={values.cpuFloor}
          onChange={(event) => onChange({ cpuFloor: event.target.checked })}
          label="Find the oldest processor it runs on"
          note="Repeats an emulated linux/ppc64le on POWER8, POWER9 and POWER10."
        />
        <CheckLine
          checked={values.pages64k}
          onChange={(event) => onChange({ pages64k: event.target.checked })}
          label="Try memory pages of 64 KiB"
          note="Repeats it under emulation with the pages that POWER machines have."
        />
        <CheckLine
          checked={values.removeImages}
          onChange={(event) => onChange({ removeImages: event.target.checked })}
          label="Remove the images after"
          note="Only those that this run brought into an engine."
        />
      </div>
    </details>
  )
}

function told({
  entrypoint,
  command,
  env,
  memoryMiB,
  pids,
  network,
  cpuFloor,
  pages64k,
  removeImages,
}: FormPartProps['values']): string {
  const set = [
    entrypoint.trim() === '' ? undefined : 'entrypoint',
    command.trim() === '' ? undefined : 'command',
    env.some(({ name }) => name !== '') ? 'environment' : undefined,
    `${memoryMiB}${pids}`.trim() === '' ? undefined : 'limits',
    network ? 'network' : undefined,
    cpuFloor ? 'processors' : undefined,
    pages64k ? '64 KiB pages' : undefined,
    removeImages ? 'removes images' : undefined,
  ].filter((one) => one !== undefined)
  return set.length === 0 ? 'the image as it is' : set.join(', ')
}

interface WordsFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly text: string
  readonly problem: string | undefined
  readonly onChange: (text: string) => void
}

/** A command line; shows the words it comes down to, as no shell will. */
function WordsField({ label, placeholder, text, problem, onChange }: WordsFieldProps) {
  const split = splitWords(text)
  return (
    <Field
      label={label}
      problem={problem}
      hint={
        split.kind === 'words' && split.words.length > 0 ? (
          <span className="flex flex-wrap gap-1">
            <span className="sr-only">Words: </span>
            {split.words.map((word, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: words repeat and have no identity but their place
              <code key={at} className="mono max-w-full break-all rounded-mark bg-skip-soft px-1.5">
                {word === '' ? '“”' : word}
              </code>
            ))}
          </span>
        ) : undefined
      }
    >
      {(control) => (
        <TextInput
          {...control}
          className="mono"
          placeholder={placeholder}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** A whole number, or nothing for the usual one. */
function NumberField({ label, placeholder, text, problem, onChange }: WordsFieldProps) {
  return (
    <Field label={label} problem={problem}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          placeholder={placeholder}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface EnvFieldsProps {
  readonly rows: readonly EnvRow[]
  readonly problem: string | undefined
  readonly onChange: (rows: readonly EnvRow[]) => void
}

function EnvFields({ rows, problem, onChange }: EnvFieldsProps) {
  const lastKey = useRef(0)
  const add = () => {
    lastKey.current += 1
    onChange([...rows, { key: lastKey.current, name: '', value: '' }])
  }
  const change = (key: number, by: Partial<EnvRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...by } : row)))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-[550]">Environment</legend>
      {rows.map(({ key, name, value }, at) => (
        <div key={key} className="flex items-center gap-1.5">
          <TextInput
            aria-label={`Name of variable ${at + 1}`}
            placeholder="NAME"
            className="mono flex-1"
            value={name}
            onChange={(event) => change(key, { name: event.target.value })}
          />
          <span aria-hidden="true" className="mono text-muted">
            =
          </span>
          <TextInput
            aria-label={`Value of variable ${at + 1}`}
            placeholder="value"
            className="mono flex-[2]"
            value={value}
            onChange={(event) => change(key, { value: event.target.value })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={name === '' ? `Remove variable ${at + 1}` : `Remove ${name}`}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            <X aria-hidden="true" className="size-3.5" />
          </Button>
        </div>
      ))}
      {problem !== undefined && (
        <div role="status" className="text-note">
          <FieldProblem text={problem} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="small" onClick={add}>
          <Plus aria-hidden="true" className="size-3.5 text-muted" />
          Add a variable
        </Button>
        <span className="text-muted text-note">
          On top of the image’s own. Values are kept with the report, and masked in what is shared.
        </span>
      </div>
    </fieldset>
  )
}
