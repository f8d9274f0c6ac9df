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
