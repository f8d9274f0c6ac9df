import fs from 'node:fs'
import os from 'node:os'

/** What the settings need to know of this machine beside the environment. */
export interface Place {
  /** The user's home folder. */
  readonly home: string
  /** Relative paths in settings start here. */
  readonly cwd: string
  /** Archway's own folder: the one that holds `samples/`. */
  readonly projectRoot: string
  isReadableFile(path: string): boolean
  /** Whether anything is there, readable or not. */
  exists(path: string): boolean
}

/** The machine Archway runs on. Roots that may be called from any folder say where Archway's own files are. */
export function thisPlace(projectRoot: string = process.cwd()): Place {
  return { home: os.homedir(), cwd: process.cwd(), projectRoot, isReadableFile, exists: fs.existsSync }
}

function isReadableFile(path: string): boolean {
  try {
    fs.accessSync(path, fs.constants.R_OK)
    return fs.statSync(path).isFile()
  } catch {
    return false
  }
}
