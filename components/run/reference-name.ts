/** The last part of a reference, by which people know an image: `multiarch-app:1.27.0`. */
export function referenceName(reference: string): string {
  const at = reference.indexOf('@')
  const named = at < 0 ? reference : reference.slice(0, at)
  return named.slice(named.lastIndexOf('/') + 1).replace(/^oci:/, '') || reference
}
