import { expect, test } from 'vitest'
import { artifactTypeName } from './artifact-type-name.ts'
import { predicateName } from './predicate-name.ts'

test.each([
  ['https://slsa.dev/provenance/v1', 'SLSA provenance v1'],
  ['https://slsa.dev/provenance/v0.2', 'SLSA provenance v0.2'],
  ['https://spdx.dev/Document', 'SPDX SBOM'],
  ['https://spdx.dev/Document/v2.3', 'SPDX SBOM'],
  ['https://cyclonedx.org/bom', 'CycloneDX SBOM'],
  ['https://example.com/own', undefined],
  ['', undefined],
])('the predicate %s is called %s', (type, name) => {
  expect(predicateName(type)).toBe(name)
})

test.each([
  ['application/vnd.dev.sigstore.bundle.v0.3+json', 'Sigstore bundle'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.2', 'Sigstore bundle'],
  ['application/vnd.cncf.helm.config.v1+json', 'Helm chart'],
  ['constructor', undefined],
  ['application/vnd.example', undefined],
])('the artifact type %s is called %s', (type, name) => {
  expect(artifactTypeName(type)).toBe(name)
})
