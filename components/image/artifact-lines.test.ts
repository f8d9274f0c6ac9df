import { expect, test } from 'vitest'
import { artifactLines } from './artifact-lines.ts'
import { digestOf } from './fixtures.ts'

const digest = digestOf('a')

test('a chart is pulled by helm, whose version has a plus where the tag has an underscore', () => {
  const artifactType = 'application/vnd.cncf.helm.config.v1+json'
  expect(artifactLines({ repository: 'r.example/chart', tag: '1.0_build', digest, artifactType })).toEqual([
    'helm pull oci://r.example/chart --version 1.0+build',
    `oras pull r.example/chart@${digest}`,
  ])
})

test('anything else by oras, a layout by nothing', () => {
  expect(artifactLines({ repository: 'r.example/x', digest })).toEqual([`oras pull r.example/x@${digest}`])
  expect(artifactLines({ repository: 'oci:x', digest })).toEqual([])
})
