import { describe, expect, test } from 'vitest'
import { digestOf, platformFixture } from './fixtures.ts'
import { runLines } from './run-lines.ts'

const ppc64le = platformFixture('linux/ppc64le')

describe('from a registry', () => {
  test('every line names the child by digest, never a tag with --platform', () => {
    const { tools } = runLines({ repository: 'quay.io/power/app', tag: '1.0', platform: ppc64le })
    const image = `quay.io/power/app@${ppc64le.digest}`
    expect(tools).toEqual([
      { tool: 'Docker', lines: [`docker pull ${image}`, `docker run --rm ${image}`] },
      { tool: 'Podman', lines: [`podman pull ${image}`, `podman run --rm ${image}`] },
      { tool: 'skopeo', lines: [`skopeo inspect docker://${image}`] },
    ])
    expect(tools.flatMap((tool) => tool.lines).join('\n')).not.toMatch(/--platform|:1\.0/)
  })

  test('windows images have no Podman line', () => {
    const { tools } = runLines({ repository: 'r.example/app', platform: platformFixture('windows/amd64') })
    expect(tools.map((tool) => tool.tool)).toEqual(['Docker', 'skopeo'])
  })

  test('an image that is not there gets no line', () => {
    const platform = platformFixture('linux/amd64', { presence: 'missing' })
    expect(runLines({ repository: 'r.example/app', platform }).tools).toEqual([])
  })
})

describe('from an OCI layout', () => {
  test('skopeo chooses by os, architecture and variant', () => {
    const platform = platformFixture('linux/arm/v7')
    expect(runLines({ repository: 'oci:samples/multiarch-app', tag: 'latest', platform }).tools).toEqual([
      {
        tool: 'skopeo',
        lines: [
          'skopeo --override-os linux --override-arch arm --override-variant v7 copy oci:samples/multiarch-app:latest docker-daemon:multiarch-app:latest-arm',
          'docker run --rm multiarch-app:latest-arm',
        ],
      },
    ])
  })

  test.each([
    ['without a tag', undefined, {}],
    ['of a shadowed entry', 'latest', { shadowed: true }],
    ['in a nested index', 'latest', { nestedIn: digestOf('9') }],
    ['of windows', 'latest', { os: 'windows' }],
  ])('an image %s gets no line, and a reason', (_, tag, rest) => {
    const lines = runLines({ repository: 'oci:x', tag, platform: { ...ppc64le, ...rest } })
    expect(lines.tools).toEqual([])
    expect(lines.note).toContain('no line')
  })

  test('a path and an architecture that a shell would read are quoted', () => {
    const platform = { ...ppc64le, architecture: 'ppc64le; rm -rf /' }
    const lines = runLines({ repository: "oci:/srv/it's $HOME", tag: '1', platform }).tools.flatMap(
      (t) => t.lines,
    )
    expect(lines).toEqual([
      `skopeo --override-os linux --override-arch 'ppc64le; rm -rf /' copy 'oci:/srv/it'\\''s $HOME:1' 'docker-daemon:image:1-ppc64le; rm -rf /'`,
      `docker run --rm 'image:1-ppc64le; rm -rf /'`,
    ])
  })
})
