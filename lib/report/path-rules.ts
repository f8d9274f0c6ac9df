/** As a tar archive holds it without extensions. */
const FILE_PATH_MAX_BYTES = 100

/** Where the engine or the sandbox puts something of its own over the image. */
const COVERED = /^\/(?:tmp|proc|sys|dev)(?:\/|$)|^\/etc\/(?:hosts|hostname|resolv\.conf|mtab)$/

/** What is wrong with the path at which a file shall lie in a container, or undefined. Continues the path. */
export function filePathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'must begin with a slash'
  if (new TextEncoder().encode(path).length > FILE_PATH_MAX_BYTES)
    return `must not be longer than ${FILE_PATH_MAX_BYTES} bytes`
  if (/\p{Cc}/u.test(path)) return 'must not hold control characters'
  const names = path.split('/').slice(1)
  if (names.includes('')) return 'must not hold “//” or end with a slash'
  if (names.some((name) => name === '.' || name === '..')) return 'must not hold “.” or “..”'
  if (COVERED.test(path)) return 'is the engine’s own, or empty at the start'
  return undefined
}

/** What is wrong with the path of an HTTP request, or undefined. Continues the path. */
export function httpPathFault(path: string): string | undefined {
  return /^\/[!-~]*$/.test(path)
    ? undefined
    : 'must begin with a slash, and hold no blanks and nothing beyond ASCII'
}
