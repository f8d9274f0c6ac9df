'use client'

import { TextInput } from '#components/ui/field.tsx'
import { FormField, type PlatformPartProps } from './form-field.tsx'
import type { PlatformValues } from './platform-values.ts'
import { RowsField } from './rows-field.tsx'
import { splitWords } from './split-words.ts'

/** Another entrypoint and command, as command lines. */
export function CommandFields(part: PlatformPartProps) {
  const { values, others } = part
  const hasEntrypoint = `${others?.entrypoint ?? ''}${values.entrypoint}`.trim() !== ''
  return (
    <>
      <FormField
        {...part}
        name="entrypoint"
        label="Entrypoint"
        placeholder="the image’s own"
        hint={wordsOf(values.entrypoint)}
      />
      <FormField
        {...part}
        // Another entrypoint drops the others’ command too.
        {...(values.entrypoint.trim() === '' ? {} : { others: undefined })}
        name="command"
        label="Command"
        placeholder={hasEntrypoint ? 'none: the image’s belongs to its own entrypoint' : 'the image’s own'}
        hint={wordsOf(values.command)}
      />
    </>
  )
}

/** Which of these are set, for whoever has them folded. */
export function setWords(values: PlatformValues): readonly (string | undefined)[] {
  return [
    values.entrypoint.trim() === '' ? undefined : 'entrypoint',
    values.command.trim() === '' ? undefined : 'command',
    values.env.some(({ name }) => name !== '') ? 'environment' : undefined,
    values.files.some(({ path }) => path !== '') ? 'files' : undefined,
    `${values.memoryMiB}${values.pids}`.trim() === '' ? undefined : 'limits',
  ]
}

/** Variables, files and limits of a container. */
export function ContainerFields(part: PlatformPartProps) {
  const {
    values,
    others,
    problems: { env, files },
    onChange,
  } = part
  return (
    <>
      <RowsField
        legend="Environment"
        rows={values.env}
        empty={{ name: '', value: '' }}
        problem={env}
        onChange={(rows) => onChange({ env: rows })}
        add="Add a variable"
        remove={({ name }, at) => (name === '' ? `Remove variable ${at + 1}` : `Remove ${name}`)}
        note={`On top of ${others ? 'those of all platforms' : 'the image’s own'}. Values are kept with the report, and masked in what is shared.`}
      >
        {({ name, value }, at, change) => (
          <>
            <TextInput
              aria-label={`Name of variable ${at + 1}`}
              placeholder="NAME"
              className="mono flex-1"
              value={name}
              onChange={(event) => change({ name: event.target.value })}
            />
            <span aria-hidden="true" className="mono self-center text-muted">
              =
            </span>
            <TextInput
              aria-label={`Value of variable ${at + 1}`}
              placeholder="value"
              className="mono flex-[2]"
              value={value}
              onChange={(event) => change({ value: event.target.value })}
            />
          </>
        )}
      </RowsField>
      <RowsField
        legend="Files"
        rows={values.files}
        empty={{ path: '', text: '' }}
        problem={files}
        onChange={(rows) => onChange({ files: rows })}
        add="Add a file"
        remove={({ path }, at) => (path === '' ? `Remove file ${at + 1}` : `Remove ${path}`)}
        note="Small texts, read-only in its containers. Kept with the report, and masked in what is shared."
      >
        {({ path, text }, at, change) => (
          <div className="grid min-w-0 flex-1 gap-1.5">
            <TextInput
              aria-label={`Path of file ${at + 1}`}
              placeholder="/etc/app/config.yaml"
              className="mono"
              value={path}
              onChange={(event) => change({ path: event.target.value })}
            />
            <textarea
              aria-label={`Text of file ${at + 1}`}
              rows={4}
              spellCheck={false}
              placeholder="listen: 8080"
              value={text}
              onChange={(event) => change({ text: event.target.value })}
              className="mono w-full min-w-0 resize-y rounded-control border border-line bg-surface px-2.5 py-1.5 transition-colors hover:border-line-strong focus:border-accent"
            />
          </div>
        )}
      </RowsField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField {...part} name="memoryMiB" label="Memory, MiB" placeholder="512" kind="whole" />
        <FormField {...part} name="pids" label="Processes and threads" placeholder="256" kind="whole" />
      </div>
    </>
  )
}

/** The words that a command line comes down to, as no shell will split them. */
function wordsOf(text: string) {
  const split = splitWords(text)
  if (split.kind === 'wrong' || split.words.length === 0) return undefined
  return (
    <span className="flex flex-wrap gap-1">
      <span className="sr-only">Words: </span>
      {split.words.map((word, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words repeat and have no identity but their place
        <code key={at} className="mono max-w-full break-all rounded-mark bg-skip-soft px-1.5">
          {word === '' ? '“”' : word}
        </code>
      ))}
    </span>
  )
}
