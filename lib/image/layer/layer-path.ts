/**
 * A path as an archive writes it, from the root: no leading `/` or `./`, no trailing slash, nothing empty, `.` or `..`
 * within. `escapes`: it would have led out of the root, and was kept within as engines do.
 */
export function layerPath(name: string): { readonly path: string; readonly escapes: boolean } {
  let start = 0
  if (name.startsWith('./')) start = 2
  while (name.charCodeAt(start) === SLASH) start++
  let end = name.length
  while (end > start && name.charCodeAt(end - 1) === SLASH) end--
  const path = name.slice(start, end)
  return ODD.test(path) ? resolved(path) : { path, escapes: false }
}

/** The directory a path lies in; that of the top is the empty text. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

const SLASH = 0x2f
const ODD = /(^|\/)(\.{0,2})(\/|$)/

function resolved(path: string): { readonly path: string; readonly escapes: boolean } {
  const parts: string[] = []
  let escapes = false
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) escapes = true
  }
  return { path: parts.join('/'), escapes }
}
