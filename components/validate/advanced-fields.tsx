'use client'

import { CheckLine, TextInput } from '#components/ui/field.tsx'
import { Fold } from './fold.tsx'
import { FormField, type FormPartProps } from './form-field.tsx'
import { RowsField } from './rows-field.tsx'
import { splitWords } from './split-words.ts'

/** What is rarely needed: another command, environment, files, limits, network, cleaning up. */
export function AdvancedFields(part: FormPartProps) {
  const { values, problems, onChange } = part
  const { entrypoint, command, env, files, memoryMiB, pids } = problems
  return (
    <Fold
      title="Command, environment, files, limits"
      told={told(values)}
      isWrong={(entrypoint ?? command ?? env ?? files ?? memoryMiB ?? pids) !== undefined}
    >
      <FormField
        {...part}
        name="entrypoint"
        label="Entrypoint"
        placeholder="the image’s own"
        hint={wordsOf(values.entrypoint)}
      />
      <FormField
        {...part}
        name="command"
        label="Command"
        placeholder={
          values.entrypoint.trim() === ''
            ? 'the image’s own'
            : 'none: the image’s belongs to its own entrypoint'
        }
        hint={wordsOf(values.command)}
      />
      <RowsField
        legend="Environment"
        rows={values.env}
        empty={{ name: '', value: '' }}
        problem={env}
        onChange={(rows) => onChange({ env: rows })}
        add="Add a variable"
        remove={({ name }, at) => (name === '' ? `Remove variable ${at + 1}` : `Remove ${name}`)}
        note="On top of the image’s own. Values are kept with the report, and masked in what is shared."
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
    </Fold>
  )
}

function told(values: FormPartProps['values']): string {
  const set = [
    values.entrypoint.trim() === '' ? undefined : 'entrypoint',
    values.command.trim() === '' ? undefined : 'command',
    values.env.some(({ name }) => name !== '') ? 'environment' : undefined,
    values.files.some(({ path }) => path !== '') ? 'files' : undefined,
    `${values.memoryMiB}${values.pids}`.trim() === '' ? undefined : 'limits',
    values.network ? 'network' : undefined,
    values.cpuFloor ? 'processors' : undefined,
    values.pages64k ? '64 KiB pages' : undefined,
    values.removeImages ? 'removes images' : undefined,
  ].filter((one) => one !== undefined)
  return set.length === 0 ? 'the image as it is' : set.join(', ')
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
