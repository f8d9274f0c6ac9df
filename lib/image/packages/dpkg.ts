import { brokenDatabase, type DatabaseContent, type Package } from './package-database.ts'
import { type Fields, readStanzas } from './stanzas.ts'

const FIELDS = new Set(['package', 'version', 'architecture', 'source', 'status'])
/** The third word of `Status` for packages whose files are not there. */
const ABSENT = new Set(['config-files', 'not-installed'])

/**
 * `var/lib/dpkg/status`, or one of distroless' `status.d`, whose stanzas have no status. Stanzas that make no sense are
 * left out and told. https://www.debian.org/doc/debian-policy/ch-controlfields.html
 */
export function readDpkg(bytes: Buffer): DatabaseContent {
  if (bytes.includes(0)) return { packages: [], problem: brokenDatabase('It is no text.') }
  const packages: Package[] = []
  let broken = 0
  for (const stanza of readStanzas(bytes.toString(), FIELDS)) {
    if (ABSENT.has(stanza.get('status')?.split(' ')[2] ?? '')) continue
    const found = toPackage(stanza)
    if (found) packages.push(found)
    else broken++
  }
  return broken === 0
    ? { packages }
    : { packages, problem: brokenDatabase(`${broken} of its stanzas lack a name or a version.`) }
}

function toPackage(stanza: Fields): Package | undefined {
  const name = stanza.get('package')
  const version = stanza.get('version')
  if (!name || !version) return undefined
  const architecture = stanza.get('architecture')
  // `Source: glibc (2.36-9)`: the version is there when it is another.
  const source = stanza.get('source')?.split(' ')[0]
  return {
    name,
    version,
    ...(architecture ? { architecture } : {}),
    ...(source && source !== name ? { source } : {}),
  }
}
