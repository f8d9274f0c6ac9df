/** What a program says last when the sandbox forbade what it needs: the C library's words, which most programs pass on. */
const CAUSES = [
  { what: 'root-file-system', pattern: /[^\n]*read-only file system[^\n]*/i },
  { what: 'privileges', pattern: /[^\n]*operation not permitted[^\n]*/i },
  {
    what: 'network',
    pattern:
      /[^\n]*(?:network is unreachable|temporary failure in name resolution|could not resolve host|getaddrinfo (?:EAI_AGAIN|ENOTFOUND)|no such host)[^\n]*/i,
  },
] as const

/** Last words are near the end; what was met and survived is further up. */
const LAST_WORDS_LENGTH = 4_096
const MESSAGE_MAX_LENGTH = 300

/**
 * Which wall of the sandbox a program that failed ran into, by its last words: read-only root, dropped capabilities,
 * no network. Then the sandbox is the witness at fault, not the image.
 */
export function sandboxCause(
  output: string,
  hasNetwork: boolean,
): { readonly what: 'root-file-system' | 'privileges' | 'network'; readonly message: string } | undefined {
  const lastWords = output.slice(-LAST_WORDS_LENGTH)
  for (const { what, pattern } of CAUSES) {
    const message = pattern.exec(lastWords)?.[0].trim().slice(0, MESSAGE_MAX_LENGTH)
    if (message !== undefined && !(what === 'network' && hasNetwork)) return { what, message }
  }
  return undefined
}
