const NAMES: readonly (readonly [prefix: string, name: string])[] = [
  ['https://slsa.dev/provenance/', 'SLSA provenance'],
  ['https://slsa.dev/verification_summary/', 'SLSA verification summary'],
  ['https://spdx.dev/Document', 'SPDX SBOM'],
  ['https://cyclonedx.org/bom', 'CycloneDX SBOM'],
  ['https://in-toto.io/attestation/test-result/', 'Test result'],
  ['https://in-toto.io/attestation/vulns', 'Vulnerability scan'],
  ['https://in-toto.io/attestation/release', 'Release'],
  ['https://cosign.sigstore.dev/attestation/vuln/', 'Vulnerability scan'],
  ['https://sigstore.dev/cosign/sign/', 'Cosign signature'],
  ['https://openvex.dev/ns', 'OpenVEX statement'],
]

/** What a predicate type is called, with its version where it states one; undefined for an unknown one. */
export function predicateName(predicateType: string): string | undefined {
  const known = NAMES.find(([prefix]) => predicateType.startsWith(prefix))
  if (!known) return undefined
  const version = /^v?\d[0-9.]*$/.exec(predicateType.slice(known[0].length))?.[0]
  return version === undefined ? known[1] : `${known[1]} ${version}`
}
