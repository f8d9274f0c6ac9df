import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** One import of one file. */
export interface SourceImport {
  /** A path from the project's root for our own files, else the package or `node:` module as written. */
  readonly target: string
  readonly isOwn: boolean
  /** Gone when types are stripped. */
  readonly typeOnly: boolean
}

/** A file of ours with what it imports. */
export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string
  /** Without comments. */
  readonly text: string
  readonly imports: readonly SourceImport[]
}

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const STATIC =
  /^(?:import\s+(type\s+)?(?:([\w$*{][^'"]*?)\sfrom\s*)?|export\s+(type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*)['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*(?:\/\*[^*]*\*\/\s*)?['"]([^'"]+)['"]/g
const COMMENT = /^\s*\/\*[\s\S]*?\*\/|\s\/\/.*$|^\/\/.*$/gm

/** Every file below these folders (or these files) of the project that ends in one of `endings`. */
export function listSources(roots: readonly string[], endings: readonly string[]): readonly string[] {
  return roots.flatMap((root) => {
    const absolute = path.join(PROJECT_ROOT, root)
    if (!existsSync(absolute)) return []
    if (statSync(absolute).isFile()) return [root]
    return readdirSync(absolute, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => path.relative(PROJECT_ROOT, path.join(entry.parentPath, entry.name)))
      .map((file) => file.replaceAll(path.sep, '/'))
  })
}

/** Reads one file. Import statements are found by their shape, which our formatter makes regular. */
export function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(PROJECT_ROOT, file), 'utf8')
  return { path: file, text: text.replace(COMMENT, ''), imports: parseImports(text, file) }
}

/** The imports in the text of `file`: static, re-exported and, with a literal name, dynamic ones. */
export function parseImports(text: string, file: string): readonly SourceImport[] {
  const statics = [...text.matchAll(STATIC)].map(([, importType, names, exportType, specifier = '']) => ({
    specifier,
    typeOnly: importType !== undefined || exportType !== undefined || onlyTypes(names),
  }))
  const dynamics = [...text.matchAll(DYNAMIC)].map(([, specifier = '']) => ({ specifier, typeOnly: false }))
  return [...statics, ...dynamics].map(({ specifier, typeOnly }) => {
    const own = ownPath(specifier, file)
    return { target: own ?? specifier, isOwn: own !== undefined, typeOnly }
  })
}

/** `{ type A, type B }` brings nothing but types. */
function onlyTypes(names: string | undefined): boolean {
  const inner = /^\{([^}]*)\}$/.exec(names?.trim() ?? '')?.[1]
  return inner?.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim())) ?? false
}

function ownPath(specifier: string, file: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (!specifier.startsWith('.')) return undefined
  return path.posix.join(path.posix.dirname(file), specifier)
}
