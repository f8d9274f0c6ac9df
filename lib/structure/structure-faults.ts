import { AppError } from '#lib/errors/app-error.ts'
import { YamlError } from '#lib/yaml/read-yaml.ts'
import { parseStructureTests } from './parse-structure-tests.ts'

/** Something wrong in a container-structure-test file; without a line it is about the whole of it. */
export interface StructureFault {
  readonly line?: number
  readonly message: string
}

/** Everything wrong in a container-structure-test file, in the order of its lines; nothing for one that is understood. */
export function structureFaults(text: string): readonly StructureFault[] {
  try {
    parseStructureTests(text, 'tests')
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (!(error instanceof YamlError)) return [{ message: error.message }]
    const faults = error.placed.map(({ line, message }) => ({ line, message }))
    return error.more === 0 ? faults : [...faults, { message: `There are ${error.more} more.` }]
  }
}
