/** What the Go linker wrote into a binary. https://pkg.go.dev/runtime/debug#BuildInfo */
export interface GoBuild {
  /** `go1.22.1` */
  readonly version: string
  /** The main package: `example.org/app/cmd/app`. */
  readonly path?: string
  /** Modules with their versions, the main one first; replacements in place of what they replace. */
  readonly modules: readonly GoModule[]
  /** `GOARCH`, `GOOS`, `GOPPC64`, `CGO_ENABLED`, `vcs.revision` … */
  readonly settings: Readonly<Record<string, string>>
}

/** A module within a binary. */
export interface GoModule {
  readonly name: string
  readonly version: string
}

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1')
const ALIGN_BYTES = 16
const STRINGS_INLINE = 2
const STRINGS_AT = 32
/** Sentinels on both sides of the module text. */
const SENTINEL_BYTES = 16
const TEXT_LIMIT_BYTES = 4 << 20
const MODULE_LIMIT = 20_000

/**
 * Finds Go's build information in a data segment. Undefined where there is none, or where it is that of Go before
 * 1.18, which points elsewhere instead of holding its texts.
 */
export function readGoBuild(data: Uint8Array): GoBuild | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (let at = bytes.indexOf(MAGIC); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
    if (at % ALIGN_BYTES !== 0 || !((bytes[at + 15] ?? 0) & STRINGS_INLINE)) continue
    const version = readText(bytes, at + STRINGS_AT)
    if (!version?.text.startsWith('go') && !version?.text.startsWith('devel')) continue
    const modules = readText(bytes, version.end)
    return { version: version.text, ...parseModules(withoutSentinels(modules?.text ?? '')) }
  }
  return undefined
}

/** Text with its length before it as a varint. */
function readText(bytes: Buffer, start: number): { text: string; end: number } | undefined {
  let length = 0
  let at = start
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  if (length > TEXT_LIMIT_BYTES || at + length > bytes.length) return undefined
  return { text: bytes.toString('latin1', at, at + length), end: at + length }
}

/** The module text stands between two marks of 16 bytes; without them it is none. */
function withoutSentinels(framed: string): string {
  const isFramed = framed.length >= 2 * SENTINEL_BYTES + 1 && framed.at(-SENTINEL_BYTES - 1) === '\n'
  if (!isFramed) return ''
  return Buffer.from(framed.slice(SENTINEL_BYTES, -SENTINEL_BYTES), 'latin1').toString()
}

function parseModules(text: string): Omit<GoBuild, 'version'> {
  let path: string | undefined
  const modules: GoModule[] = []
  const settings: [string, string][] = []
  for (const line of text.split('\n')) {
    const [kind, name = '', version = ''] = line.split('\t')
    if (kind === 'path') path = name
    else if (kind === 'mod' || kind === 'dep') {
      if (modules.length < MODULE_LIMIT) modules.push({ name, version })
    } else if (kind === '=>') modules[modules.length - 1] = { name, version }
    else if (kind === 'build') {
      const equals = name.indexOf('=')
      if (equals > 0) settings.push([name.slice(0, equals), unquoted(name.slice(equals + 1))])
    }
  }
  return { ...(path ? { path } : {}), modules, settings: Object.fromEntries(settings) }
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}
