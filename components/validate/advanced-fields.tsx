'use client'

import { CheckLine } from '#components/ui/field.tsx'
import { CommandFields, ContainerFields, setWords } from './container-fields.tsx'
import { Fold } from './fold.tsx'
import type { FormPartProps } from './form-part.ts'

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
      <CommandFields {...part} />
      <ContainerFields {...part} />
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
    ...setWords(values),
    values.network ? 'network' : undefined,
    values.cpuFloor ? 'processors' : undefined,
    values.pages64k ? '64 KiB pages' : undefined,
    values.removeImages ? 'removes images' : undefined,
  ].filter((one) => one !== undefined)
  return set.length === 0 ? 'the image as it is' : set.join(', ')
}
