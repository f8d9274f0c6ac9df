import { parseOutputExpectation } from '#lib/report/output-expectation.ts'
import { filePathFault, httpPathFault } from '#lib/report/path-rules.ts'
import { splitWords } from './split-words.ts'

/** A variable as it is typed. `key` tells rows apart while names are the same. */
export interface EnvRow {
  readonly key: number
  readonly name: string
  readonly value: string
}

/** A file as it is typed. */
export interface FileRow {
  readonly key: number
  readonly path: string
  readonly text: string
}

/*
 * The lines of the form, each read by itself: undefined for one that says nothing, an error in words for one that is not
 * understood.
 */

/** The path of an HTTP request; it needs a port. */
export function readPath(text: string, port: string): string | undefined {
  const path = text.trim()
  if (path === '') return undefined
  const fault = httpPathFault(path)
  if (fault !== undefined) throw new Error(`A path ${fault}.`)
  if (port.trim() === '') throw new Error('Say on which port.')
  return path
}

/** A text or a pattern that the output has to hold. */
export function readOutput(text: string): string | undefined {
  if (text.trim() === '') return undefined
  parseOutputExpectation(text)
  return text
}

/** 0 to 255. */
export function readExitCode(text: string): number | undefined {
  if (text.trim() === '') return undefined
  if (/^\d{1,3}$/.test(text.trim()) && Number(text) <= 255) return Number(text)
  throw new Error('An exit code is a whole number from 0 to 255.')
}

/** Milliseconds out of seconds. */
export function readSeconds(text: string, maxMs: number): number | undefined {
  if (text.trim() === '') return undefined
  const ms = Math.round(Number(text) * 1_000)
  if (/^\s*\d+(\.\d+)?\s*$/.test(text) && ms >= 100 && ms <= maxMs) return ms
  throw new Error(`Write a number of seconds from 0.1 to ${maxMs / 1_000}.`)
}

/** A whole number within limits. */
export function readWhole(text: string, min: number, max: number): number | undefined {
  if (text.trim() === '') return undefined
  const value = Number(text)
  if (/^\s*\d{1,6}\s*$/.test(text) && value >= min && value <= max) return value
  throw new Error(`Write a whole number from ${min} to ${max}.`)
}

/** Whether it is understood is told when the run is started: the parser is too much for a page. */
export function readTests(text: string): string | undefined {
  if (text.trim() === '') return undefined
  if (text.length > 200_000) throw new Error('It is longer than 200,000 characters.')
  if (!/schemaVersion/.test(text)) throw new Error('It names no schemaVersion: it has to be "2.0.0".')
  return text
}

/** The words of a command line. */
export function readWords(text: string): string[] | undefined {
  const split = splitWords(text)
  if (split.kind === 'wrong') throw new Error(split.reason)
  return split.words.length === 0 ? undefined : [...split.words]
}

/** Variables by name. */
export function readEnv(rows: readonly EnvRow[]): Record<string, string> | undefined {
  const used = rows.filter(({ name, value }) => name !== '' || value !== '')
  const names = used.map(({ name }) => name)
  if (names.includes('')) throw new Error('A value needs a name.')
  const wrong = names.find((name) => /[=\0\s]/.test(name))
  if (wrong !== undefined) throw new Error(`“${wrong}” is not a name: it has a blank or “=” in it.`)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`${twice} is there twice.`)
  return used.length === 0 ? undefined : Object.fromEntries(used.map(({ name, value }) => [name, value]))
}

/** Texts by path. */
export function readFiles(rows: readonly FileRow[]): Record<string, string> | undefined {
  const used = rows.filter(({ path, text }) => path !== '' || text !== '')
  const paths = used.map(({ path }) => path)
  if (paths.includes('')) throw new Error('A file needs a path.')
  for (const path of paths) {
    const fault = filePathFault(path)
    if (fault !== undefined) throw new Error(`${path} ${fault}.`)
    if (paths.some((other) => path.startsWith(`${other}/`)))
      throw new Error(`${path} lies below another file.`)
  }
  const twice = paths.find((path, at) => paths.indexOf(path) !== at)
  if (twice !== undefined) throw new Error(`${twice} is there twice.`)
  if (used.length > 32) throw new Error('There may be 32 files.')
  if (used.some(({ text }) => text.length > 65_536)) throw new Error('A file may have 65,536 characters.')
  return used.length === 0 ? undefined : Object.fromEntries(used.map(({ path, text }) => [path, text]))
}
