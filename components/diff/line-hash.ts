/** Fragment of an address that leads to one line of a part: `#packages/dpkg/libc6`. */
export function lineHash(part: string, ...names: readonly string[]): string {
  return `#${[part, ...names].map(encodeURIComponent).join('/')}`
}
