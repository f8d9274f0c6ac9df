/**
 * Whether a repository, in its canonical text, matches a pattern: `*` stands for anything within a part of the path,
 * `**` for anything at all. A pattern is completed as a reference is: `nginx` is `docker.io/library/nginx`, `org/*` is
 * `docker.io/org/*`; one whose first part holds a dot, a port or a star names its host itself.
 */
export function matchesRepository(repository: string, pattern: string): boolean {
  return glob(complete(pattern), '[^/]*').test(repository)
}

/** Whether a tag matches a pattern; `*` stands for anything. */
export function matchesTag(tag: string, pattern: string): boolean {
  return glob(pattern, '.*').test(tag)
}

function complete(pattern: string): string {
  if (pattern === '*') return '**'
  if (pattern.startsWith('oci:') || pattern.startsWith('**')) return pattern
  const [first = '', ...rest] = pattern.split('/')
  if (rest.length === 0) return `docker.io/library/${first}`
  return first === 'localhost' || /[.:*]/.test(first) ? pattern : `docker.io/${pattern}`
}

function glob(pattern: string, star: string): RegExp {
  const parts = pattern.split(/(\*+)/).map((part) => {
    if (part === '*') return star
    return part.startsWith('*') ? '.*' : RegExp.escape(part)
  })
  return new RegExp(`^${parts.join('')}$`)
}
