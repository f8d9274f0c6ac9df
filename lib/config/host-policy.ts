/** Names under which a server on loopback is rightly called. */
const LOOPBACK_NAMES = /^(?:localhost|[a-z0-9-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Whether a request's Host header is one that a server listening on loopback answers to. Without this check a web
 * page could point a name of its own at 127.0.0.1 (DNS rebinding) and read private registries through the browser.
 * A server that listens elsewhere is reached under names Archway cannot know.
 */
export function isHostAllowed(hostHeader: string | null, listensOnLoopback: boolean): boolean {
  if (!listensOnLoopback) return true
  if (hostHeader === null) return false
  return LOOPBACK_NAMES.test(hostHeader.toLowerCase().replace(/:\d+$/, ''))
}
