import { describe, expect, it } from 'vitest'
import { four, judge, PLATFORMS, told } from './testing/four-platforms.ts'
import { listedImage, platformOf, type ListedImageSpec as Spec } from './testing/listed-image.ts'

describe('META-003', () => {
  const system = 'ADD alpine-minirootfs-3.20.0-x86_64.tar.gz / # buildkit'
  it('finds a base made for one architecture, and names the cause', () => {
    const images = four((platform) => ({
      layers: ['base', platform],
      madeBy: [system, 'COPY app /app # buildkit'],
    }))
    const [finding] = judge(images).findings
    expect(finding).toMatchObject({
      code: 'META-003',
      severity: 'warning',
      evidence: { layer: 'sha256:base', platforms: PLATFORMS, because: 'names-architecture', named: 'amd64' },
    })
    expect(told(images)).toEqual([
      expect.stringMatching(
        /^META-003 \* All of linux\/amd64, .* share the base layer .*made for amd64 .*the FROM line is pinned to that architecture’s digest\.$/,
      ),
    ])
  })
  it.each<[string, Spec, string]>([
    [
      'a whole system',
      { layers: ['base', 'x'], madeBy: ['/bin/sh -c #(nop) ADD file:1a in / ', 'RUN x'] },
      'root-filesystem',
    ],
    [
      'debootstrap',
      { layers: ['base', 'x'], madeBy: ["# debian.sh out/ 'bookworm'", 'RUN x'] },
      'root-filesystem',
    ],
    [
      'the program itself',
      { layers: ['base', 'x'], madeBy: ['COPY /out/app /app # buildkit', 'RUN x'] },
      'holds-entrypoint',
    ],
    ['large, and nothing tells', { layers: ['base', 'x'] }, 'size'],
  ])('finds %s', (_, spec, because) => {
    const images = four((platform) => ({ ...spec, layers: ['base', platform] }))
    expect(judge(images).findings).toMatchObject([
      { code: 'META-003', evidence: { because, sharedLayers: 1 } },
    ])
  })
  it('finds two that share every layer', () => {
    const images = four((platform) => ({
      layers: [platform === 'linux/ppc64le' ? 'of linux/amd64' : `of ${platform}`],
      layerBytes: 1_000,
    }))
    expect(judge(images).findings).toMatchObject([
      { code: 'META-003', evidence: { because: 'all-layers', platforms: ['linux/amd64', 'linux/ppc64le'] } },
    ])
  })
  it('looks past a layer that may be shared', () => {
    const images = four((platform) => ({
      layers: ['certs', 'base', platform],
      madeBy: ['COPY ca-certificates.crt /etc/ssl/certs/ # buildkit', system, 'COPY app /app # buildkit'],
    }))
    expect(judge(images).findings).toMatchObject([{ evidence: { layer: 'sha256:base', sharedLayers: 2 } }])
  })
  it.each<[string, Spec]>([
    [
      'certificates',
      { madeBy: ['COPY /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ # buildkit', 'COPY app /app'] },
    ],
    ['time zones of Bazel', { madeBy: ['bazel build //common:tzdata', 'bazel build //app'] }],
    ['pages', { madeBy: ['COPY site /usr/share/nginx/html # buildkit', 'COPY app /app'] }],
    ['a small layer that nothing tells of', { layerBytes: 10_000 }],
  ])('lets %s be shared', (_, spec) =>
    expect(told(four((platform) => ({ ...spec, layers: ['shared', platform] })))).toEqual([]),
  )
  it('lets empty layers be shared', () => {
    const empty = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'
    expect(told(four((platform) => ({ layers: ['e', platform], diffIds: [empty, platform] })))).toEqual([])
  })
  it('lets variants of one architecture share their base', () =>
    expect(
      told(
        ['linux/arm/v6', 'linux/arm/v7'].map((p) =>
          listedImage(p, { layers: ['base', p], madeBy: [system, 'x'] }),
        ),
      ),
    ).toEqual([]))
  it('is named as the cause where a config gives it away', () => {
    const base = { layers: ['base', 'x'], madeBy: [system, 'COPY app /app'] }
    const liar = listedImage('linux/amd64', {
      ...base,
      layers: ['base', 'y'],
      digest: 'sha256:liar',
      index: platformOf('linux/ppc64le'),
    })
    expect(told([listedImage('linux/amd64', base), liar])[0]).toMatch(
      /^META-001 linux\/ppc64le The index says linux\/ppc64le, .*stands on the base layer of linux\/amd64.*pinned/,
    )
  })
})
