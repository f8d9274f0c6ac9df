/** What a query parameter may be; absent and empty ones are left out, lists are repeated. */
type QueryValue = string | number | boolean | readonly string[] | undefined

/** A query string with its `?`, or nothing. `/`, `:`, `@` and `,` stay readable: RFC 3986 allows them in a query. */
export function queryString(params: Readonly<Record<string, QueryValue>>): string {
  const pairs: string[] = []
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) pairs.push(`${key}=${encode(String(one))}`)
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%2F|%3A|%40|%2C/g, decodeURIComponent)
}
