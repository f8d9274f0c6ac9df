import { AppError } from '#lib/errors/app-error.ts'
import { architectureOf } from '#lib/oci/architecture-names.ts'
import { type Platform, parsePlatform, platformText } from '#lib/oci/platform.ts'
import { nearestWord } from '#lib/yaml/nearest-word.ts'

const SYSTEMS = new Set(['linux', 'windows', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'wasip1', 'js'])
const MORE_ARCHITECTURES = new Set(['mips', 'mips64', 'wasm'])

/**
 * What somebody asks for by name, each once, by canonical text. A platform that the image does not have is a question
 * like another, unless nobody has ever heard of it: then it is mistyped. Throws `platform_invalid` with what is meant.
 */
export function askedPlatforms(
  texts: readonly string[],
  has: readonly string[],
): readonly (readonly [string, Platform])[] {
  const asked = new Map(texts.map(parsePlatform).map((each) => [platformText(each), each]))
  for (const [text, { os, architecture }] of asked) {
    const isKnown =
      SYSTEMS.has(os) && (architectureOf(architecture) !== undefined || MORE_ARCHITECTURES.has(architecture))
    if (has.includes(text) || isKnown) continue
    const meant = nearestWord(text, has)
    throw new AppError('platform_invalid', `Nobody knows a platform “${text.slice(0, 100)}”.`, {
      hint: meant ? `Did you mean ${meant}?` : `The image has ${has.join(', ') || 'none'}.`,
    })
  }
  return [...asked]
}
