import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { ExpectedValue, MetadataTest } from './structure-tests.ts'
import { Complaints, type FindPattern, type TestResult } from './test-result.ts'

/** Judges an image’s config; nothing is started. */
export function judgeMetadata(test: MetadataTest, config: ImageConfig, find: FindPattern): TestResult {
  const told = new Complaints()
  const env = new Map(config.env.map(splitVariable))
  judgeValues(test.env, env, 'The variable', told, find)
  judgeValues(test.labels, new Map(Object.entries(config.labels)), 'The label', told, find)
  for (const key of test.unboundEnv.filter((each) => env.has(each)))
    told.wrong.push(`The variable ${key} is set, and must not be.`)
  const ports = new Set(config.exposedPorts.map(portText))
  judgeMembers('The port', test.exposedPorts.map(portText), test.unexposedPorts.map(portText), ports, told)
  judgeMembers('The volume', test.volumes, test.unmountedVolumes, new Set(config.volumes), told)
  judgeWords('Entrypoint', test.entrypoint, config.entrypoint, told)
  judgeWords('Cmd', test.cmd, config.cmd, told)
  judgeWord('The working directory', test.workdir, config.workingDir, told)
  judgeWord('The user', test.user, config.user, told)
  return told.result('metadata', 'metadata')
}

function judgeValues(
  expected: readonly ExpectedValue[],
  actual: ReadonlyMap<string, string>,
  what: string,
  told: Complaints,
  find: FindPattern,
): void {
  for (const { key, value, pattern } of expected) {
    const has = actual.get(key)
    if (has === undefined) told.wrong.push(`${what} ${key} is missing.`)
    else if (pattern)
      told.search(find, has, `${what.toLowerCase()} ${key} (“${has}”)`, [{ text: value, pattern }], [])
    else if (has !== value) told.wrong.push(`${what} ${key} is “${has}”; expected is “${value}”.`)
  }
}

function judgeMembers(
  what: string,
  wanted: readonly string[],
  unwanted: readonly string[],
  actual: ReadonlySet<string>,
  told: Complaints,
): void {
  for (const each of wanted) if (!actual.has(each)) told.wrong.push(`${what} ${each} is missing.`)
  for (const each of unwanted)
    if (actual.has(each)) told.wrong.push(`${what} ${each} is there, and must not be.`)
}

function judgeWords(
  what: string,
  wanted: readonly string[] | undefined,
  actual: readonly string[],
  told: Complaints,
): void {
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(actual)) return
  told.wrong.push(`${what} is ${JSON.stringify(actual)}; expected is ${JSON.stringify(wanted)}.`)
}

function judgeWord(what: string, wanted: string | undefined, actual: string, told: Complaints): void {
  if (wanted === undefined || wanted === actual) return
  told.wrong.push(`${what} is “${actual}”; expected is “${wanted}”.`)
}

/** `8080` is `8080/tcp`. */
function portText(port: string): string {
  return port.includes('/') ? port : `${port}/tcp`
}

function splitVariable(text: string): readonly [string, string] {
  const equals = text.indexOf('=')
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
}
