/** Stands in the address where somebody has taken every platform out. */
const NOTHING = 'none'

/** The platforms of an image as a person may choose from them. */
interface Choosable {
  readonly all: readonly string[]
  /** What is chosen before anybody chooses; all of them where nothing can run any: else only the reason were missing. */
  readonly usual: readonly string[]
}

/** What is chosen: as the address names it, else the usual. Platforms that the image does not have do not count. */
export function chosenPlatforms(address: URLSearchParams, { all, usual }: Choosable): readonly string[] {
  const named = address.getAll('platform')
  if (named.includes(NOTHING)) return []
  const chosen = all.filter((platform) => named.includes(platform))
  if (chosen.length > 0) return chosen
  return usual.length > 0 ? usual : all
}

/** The parameter that says what is chosen; absent for the usual. */
export function platformAddress(
  chosen: ReadonlySet<string>,
  { all, usual }: Choosable,
): { readonly platform: readonly string[] | undefined } {
  const before = usual.length > 0 ? usual : all
  const isUsual = chosen.size === before.length && before.every((platform) => chosen.has(platform))
  if (isUsual) return { platform: undefined }
  return { platform: chosen.size === 0 ? [NOTHING] : all.filter((platform) => chosen.has(platform)) }
}
