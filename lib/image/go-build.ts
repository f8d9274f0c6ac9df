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
const POINTER_SIZE_AT = 14
const FLAGS_AT = 15
const BIG_ENDIAN = 1
const STRINGS_INLINE = 2
const POINTERS_AT = 16
const STRINGS_AT = 32
/** Sentinels on both sides of the module text. */
const SENTINEL_BYTES = 16
const TEXT_LIMIT_BYTES = 4 << 20
const MODULE_LIMIT = 20_000

/** Bytes of the program as it lies in memory; undefined where there are none. */
export type ReadAddress = (address: number, lengthBytes: number) => Uint8Array | undefined

/**
 * Finds Go's build information in a data segment. Since 1.18 the texts follow its mark; before, two pointers did, to
 * the text's pointer and length, which `readAddress` has to find.
 */
export function readGoBuild(data: Uint8Array, readAddress: ReadAddress): GoBuild | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (let at = bytes.indexOf(MAGIC); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
    if (at % ALIGN_BYTES !== 0) continue
    const isInline = ((bytes[at + FLAGS_AT] ?? 0) & STRINGS_INLINE) !== 0
    const [version, modules] = isInline ? inlineTexts(bytes, at) : pointedTexts(bytes, at, readAddress)
    if (!version?.startsWith('go') && !version?.startsWith('devel')) continue
    return { version, ...parseModules(withoutSentinels(modules ?? '')) }
  }
  return undefined
}

type Texts = readonly (string | undefined)[]

function inlineTexts(bytes: Buffer, at: number): Texts {
  const version = readText(bytes, at + STRINGS_AT)
  return [version?.text, version && readText(bytes, version.end)?.text]
}

function pointedTexts(bytes: Buffer, at: number, readAddress: ReadAddress): Texts {
  const pointerBytes = bytes[at + POINTER_SIZE_AT] ?? 0
  const isBig = ((bytes[at + FLAGS_AT] ?? 0) & BIG_ENDIAN) !== 0
  if (pointerBytes !== 4 && pointerBytes !== 8) return []
  const word = (from: Uint8Array, position: number): number => {
    const view = new DataView(from.buffer, from.byteOffset, from.byteLength)
    if (position + pointerBytes > from.byteLength) return 0
    return pointerBytes === 8 ? Number(view.getBigUint64(position, !isBig)) : view.getUint32(position, !isBig)
  }
  return [0, 1].map((which) => {
    const header = readAddress(word(bytes, at + POINTERS_AT + which * pointerBytes), 2 * pointerBytes)
    const lengthBytes = header ? word(header, pointerBytes) : 0
    if (!header || lengthBytes === 0 || lengthBytes > TEXT_LIMIT_BYTES) return undefined
    const text = readAddress(word(header, 0), lengthBytes)
    return text && Buffer.from(text).toString('latin1')
  })
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
