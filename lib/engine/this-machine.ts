import { readFileSync, realpathSync, statSync } from 'node:fs'
import os from 'node:os'
import type { EngineSurroundings } from './find-engines.ts'

/** The machine Archway runs on. `environment` is `process.env`. */
export function thisMachine(environment: EngineSurroundings['environment']): EngineSurroundings {
  return {
    environment,
    home: os.homedir(),
    resolveSocket,
    readTextFile: (file) => readFileSync(file, 'utf8'),
  }
}

function resolveSocket(path: string): string | undefined {
  try {
    const real = realpathSync(path)
    return statSync(real).isSocket() ? real : undefined
  } catch {
    return undefined
  }
}
