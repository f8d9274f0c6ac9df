/** `NAME=value` of a process environment, split at the first `=`; without one it is all name. */
export function envEntry(entry: string): readonly [name: string, value: string] {
  const at = entry.indexOf('=')
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
}
