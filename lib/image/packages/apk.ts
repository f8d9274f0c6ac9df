import { brokenDatabase, type DatabaseContent, type Package } from './package-database.ts'

/**
 * Alpine's `lib/apk/db/installed`: lines `K:value`, an empty line between packages. P name, V version, A architecture,
 * o origin. https://wiki.alpinelinux.org/wiki/Apk_spec
 */
export function readApk(bytes: Buffer): DatabaseContent {
  if (bytes.includes(0)) return { packages: [], problem: brokenDatabase('It is no text.') }
  const packages: Package[] = []
  let broken = 0
  for (const stanza of bytes.toString().split(/\n\s*\n/)) {
    if (stanza.trim() === '') continue
    const field = (key: string) => lineOf(stanza, key)
    const [name, version, architecture, source] = [field('P'), field('V'), field('A'), field('o')]
    if (!name || !version) {
      broken++
      continue
    }
    packages.push({
      name,
      version,
      ...(architecture ? { architecture } : {}),
      ...(source && source !== name ? { source } : {}),
    })
  }
  return broken === 0
    ? { packages }
    : { packages, problem: brokenDatabase(`${broken} of its packages lack a name or a version.`) }
}

function lineOf(stanza: string, key: string): string | undefined {
  const start = stanza.startsWith(`${key}:`) ? 0 : stanza.indexOf(`\n${key}:`) + 1
  if (start === 0 && !stanza.startsWith(`${key}:`)) return undefined
  const end = stanza.indexOf('\n', start)
  return stanza.slice(start + key.length + 1, end < 0 ? undefined : end).trim()
}
