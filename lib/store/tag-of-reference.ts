/** The tag in a canonical reference, also where a digest follows it; undefined where it names none. */
export function tagOfReference(repository: string, reference: string): string | undefined {
  const [named = ''] = reference.slice(repository.length).split('@', 1)
  return reference.startsWith(repository) && named.startsWith(':') ? named.slice(1) : undefined
}
