import ipaddr from 'ipaddr.js'
import { AppError } from '#lib/errors/app-error.ts'
import { hostnameOf, isLoopbackUrl } from './address-guard.ts'

/** Proxies as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them. */
export interface ProxySettings {
  readonly https?: string | undefined
  readonly http?: string | undefined
  /** Comma-separated names (with their subdomains), `*.names`, addresses, ranges, each with an optional port; `*`. */
  readonly noProxy?: string | undefined
}

/**
 * Answers the proxy for a URL, or undefined to ask directly. Loopback is never asked through a proxy. Throws
 * `settings_invalid` for a proxy that is not an http(s) URL.
 */
export function createProxyChoice(settings: ProxySettings): (url: URL) => URL | undefined {
  const https = parseProxy(settings.https, 'HTTPS_PROXY')
  const http = parseProxy(settings.http, 'HTTP_PROXY')
  const exceptions = (settings.noProxy ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  const matchers = exceptions.map((entry) => parseException(entry.toLowerCase()))
  return (url) => {
    const proxy = url.protocol === 'https:' ? https : http
    if (proxy === undefined || isLoopbackUrl(url)) return undefined
    const host = hostnameOf(url)
    const port = url.port || (url.protocol === 'https:' ? '443' : '80')
    return matchers.some((matches) => matches(host, port)) ? undefined : proxy
  }
}

function parseProxy(text: string | undefined, name: string): URL | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const written = text.includes('://') ? text.trim() : `http://${text.trim()}`
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new AppError('settings_invalid', `${name} is not the URL of an http proxy.`, {
    hint: 'Write http://host:port.',
  })
}

type Matcher = (host: string, port: string) => boolean

function parseException(entry: string): Matcher {
  if (entry === '*') return () => true
  if (ipaddr.isValidCIDR(entry)) {
    const [network, bits] = ipaddr.parseCIDR(entry)
    return (host) => {
      if (!ipaddr.isValid(host)) return false
      const address = ipaddr.process(host)
      return address.kind() === network.kind() && address.match([network, bits])
    }
  }
  const [, written = '', wantedPort] =
    /^(\[[^\]]*\]|[^:]*|[^[\]]*:[^[\]]*:[^[\]]*?)(?::(\d+))?$/.exec(entry) ?? []
  const name = written.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const suffix = `.${name.replace(/^\*?\./, '')}`
  const isWildcard = name.startsWith('*.')
  return (host, port) => {
    if (name === '' || (wantedPort !== undefined && wantedPort !== port)) return false
    return host.endsWith(suffix) || (!isWildcard && host === suffix.slice(1))
  }
}
