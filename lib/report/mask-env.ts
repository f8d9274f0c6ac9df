/** What stands in for a value that is not shared. */
export const MASKED_VALUE = '•••'

/** Names whose values everybody may see: they say how a program starts, not whom it serves. */
const HARMLESS = new Set(['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TERM', 'QEMU_CPU', 'QEMU_PAGESIZE'])
/** A value this short is no secret, and masking it in output would only garble it. */
const MASKED_OUTPUT_MIN_LENGTH = 6

/** The names whose values are masked. */
export function maskedNames(env: Readonly<Record<string, string>>): string[] {
  const masked = maskEnv(env)
  return Object.keys(env).filter((name) => masked[name] !== env[name])
}

/** Environment values out of a report before a link shows it to anyone. Names stay. */
export function maskEnv(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      HARMLESS.has(name) || value === '' ? value : MASKED_VALUE,
    ]),
  )
}

/** The same values out of what the program wrote: it may have printed them. */
export function maskEnvInText(text: string, env: Readonly<Record<string, string>>): string {
  const values = maskedValues(env)
  return values.reduce((masked, value) => masked.replaceAll(value, MASKED_VALUE), text)
}

/** The values that are looked for in texts, the longest first. */
export function maskedValues(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env)
    .filter(([name, value]) => !HARMLESS.has(name) && value.length >= MASKED_OUTPUT_MIN_LENGTH)
    .map(([, value]) => value)
    .sort((a, b) => b.length - a.length)
}
