import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { inProject } from './place.mjs'

/** Everything that `next build` reads, folders and files. Tests and command lines are not part of the build. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.mjs',
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
]
const NOT_BUILT = /\.test\.tsx?$|^lib[/\\](cli|launch)[/\\]/

/** A hash over the names and contents of all sources of the build. */
export function fingerprintSources() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(listFiles)) {
    const bytes = readFileSync(inProject(file))
    hash.update(`${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/**
 * @param {string} relative
 * @returns {readonly string[]}
 */
function listFiles(relative) {
  const stat = statSync(inProject(relative), { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (stat.isFile()) return NOT_BUILT.test(relative) ? [] : [relative]
  return readdirSync(inProject(relative))
    .sort()
    .flatMap((name) => listFiles(path.join(relative, name)))
}
