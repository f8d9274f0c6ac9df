const NAMES: Readonly<Record<string, string>> = {
  'application/vnd.docker.attestation.manifest.v1+json': 'BuildKit attestation',
  'application/vnd.cncf.helm.config.v1+json': 'Helm chart',
  'application/vnd.cncf.helm.chart.content.v1.tar+gzip': 'Helm chart archive',
  'application/vnd.cncf.helm.chart.provenance.v1.prov': 'Helm provenance file',
  'application/vnd.dev.cosign.artifact.sig.v1+json': 'Cosign signature',
  'application/vnd.dev.cosign.simplesigning.v1+json': 'Cosign signature payload',
  'application/vnd.dsse.envelope.v1+json': 'DSSE envelope',
  'application/vnd.in-toto+json': 'in-toto statement',
  'application/vnd.cncf.notary.signature': 'Notation signature',
  'application/spdx+json': 'SPDX SBOM',
  'text/spdx+json': 'SPDX SBOM',
  'application/vnd.cyclonedx+json': 'CycloneDX SBOM',
  'application/sarif+json': 'SARIF report',
  'application/vnd.openvex+json': 'OpenVEX statement',
  'application/vnd.oci.empty.v1+json': 'Untyped artifact',
  'application/vnd.oci.image.config.v1+json': 'Image',
  'application/vnd.cncf.openpolicyagent.config.v1+json': 'OPA policy',
  'application/vnd.wasm.config.v0+json': 'WebAssembly component',
}

/** What an artifact type is called, or undefined for one Archway does not know. */
export function artifactTypeName(artifactType: string): string | undefined {
  if (/^application\/vnd\.dev\.sigstore\.bundle(?:\.v[0-9.]+)?\+json/.test(artifactType))
    return 'Sigstore bundle'
  return Object.hasOwn(NAMES, artifactType) ? NAMES[artifactType] : undefined
}
