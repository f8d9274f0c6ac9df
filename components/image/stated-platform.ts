/**
 * A platform as it was stated, without `linux/` where that goes without saying: `amd64`, `arm64/v8`; `windows/amd64`
 * stays whole. Beside a row of another system nothing is left out.
 */
export function statedPlatform(raw: string, os: string): string {
  return os === 'linux' && raw.startsWith('linux/') ? raw.slice('linux/'.length) : raw
}
