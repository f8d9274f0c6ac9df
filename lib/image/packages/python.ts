import { architectureOf } from '#lib/oci/architecture-names.ts'
import { brokenDatabase, type DatabaseContent } from './package-database.ts'
import { readStanzas } from './stanzas.ts'

const METADATA = new Set(['name', 'version'])

/** `METADATA` of a wheel, or `PKG-INFO` of what was installed before wheels: one package. */
export function readPythonMetadata(bytes: Buffer): DatabaseContent {
  const first = readStanzas(bytes.toString(), METADATA).next()
  const name = first.value?.get('name')
  const version = first.value?.get('version')
  if (name && version) return { packages: [{ name, version }] }
  return { packages: [], problem: brokenDatabase('It lacks a name or a version.') }
}

/**
 * `WHEEL`: which platforms the package was built for, out of its tags: `cp312-cp312-manylinux_2_17_ppc64le`.
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
export function readWheel(bytes: Buffer): DatabaseContent {
  const tags = [...bytes.toString().matchAll(/^Tag:[ \t]*(\S+)[ \t\r]*$/gm)].map(([, tag = '']) => tag)
  const platforms = tags.flatMap((tag) => tag.split('-').at(-1)?.split('.') ?? [])
  return { packages: [], platformTags: [...new Set(platforms)] }
}

/** The architecture, in Go’s terms, that the name of an extension module gives: `_x.cpython-312-powerpc64le-linux-gnu.so`. */
export function pythonExtensionArchitecture(path: string): string | undefined {
  const named = /\.(?:cpython|pypy)[^/]*?-([a-z][a-z0-9_]*)-linux-(?:gnu|musl)[a-z0-9]*\.so$/.exec(path)?.[1]
  return named === undefined ? undefined : architectureOf(named)
}

/** What a wheel's platform tag names, in Go’s terms: `manylinux_2_17_ppc64le`. Undefined for `any`, and for what is not known. */
export function wheelTarget(
  tag: string,
): { readonly os: string; readonly architecture?: string | undefined } | undefined {
  const linux = /^(?:many|musl)?linux(?:_\d+_\d+|\d+)?_(\w+)$/.exec(tag)?.[1]
  if (linux !== undefined) return { os: 'linux', architecture: architectureOf(linux) }
  if (tag.startsWith('win')) return { os: 'windows' }
  return tag.startsWith('macosx') ? { os: 'darwin' } : undefined
}
