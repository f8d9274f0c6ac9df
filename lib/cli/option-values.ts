import { InvalidArgumentError } from 'commander'
import { MAX_TIMEOUT_MS } from '#lib/report/run-profile.ts'

/*
 * Readers of what follows an option. Each throws what commander tells with the option’s name, and ends with exit code 64.
 */

/** `--entrypoint sh --entrypoint -c` */
export function collectWords(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word]
}

/** `--platform a --platform b,c` */
export function collectList(text: string, before: readonly string[] = []): readonly string[] {
  const parts = text.split(',').filter((part) => part.trim() !== '')
  if (parts.length === 0) throw new InvalidArgumentError('It is empty.')
  return [...before, ...parts]
}

/** `--env A=1 --env B=2` */
export function collectEnv(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Write NAME=value.')
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) }
}

/** A whole number within limits. */
export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }
}

/** Milliseconds. */
export function secondsOf(text: string): number {
  const ms = Math.round(Number(text) * 1000)
  if (/^\d+(\.\d+)?$/.test(text) && ms >= 100 && ms <= MAX_TIMEOUT_MS) return ms
  throw new InvalidArgumentError(`It must be a number of seconds from 0.1 to ${MAX_TIMEOUT_MS / 1000}.`)
}
