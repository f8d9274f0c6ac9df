/** Id of a platform's part of a report: `linux-ppc64le`. */
export function jobAnchor(platform: string): string {
  return platform.replaceAll(/[^A-Za-z0-9]+/g, '-')
}
