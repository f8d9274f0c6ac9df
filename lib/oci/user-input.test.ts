import { describe, expect, it } from 'vitest'
import { formatReference, formatRepository } from './reference.ts'
import { parseUserInput } from './user-input.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const read = (text: string) => {
  const input = parseUserInput(text)
  return input.kind === 'repository' ? formatRepository(input.repository) : formatReference(input.reference)
}

describe('what people paste', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['  quay.io/org/app:1.2 ', 'quay.io/org/app:1.2'],
    ['docker://ghcr.io/org/app:1', 'ghcr.io/org/app:1'],
    ['oci:samples/multiarch-app', 'oci:samples/multiarch-app'],
    ['docker pull quay.io/org/app:1.2', 'quay.io/org/app:1.2'],
    ['$ docker pull --platform linux/ppc64le quay.io/org/app', 'quay.io/org/app'],
    ['sudo podman run --rm -it -e A=1 quay.io/org/app:1 sh', 'quay.io/org/app:1'],
    ['docker run -d --memory 1g -h host -v /a:/b quay.io/o/a:1', 'quay.io/o/a:1'],
    ['docker manifest inspect quay.io/org/app:1', 'quay.io/org/app:1'],
    ['https://hub.docker.com/_/nginx', 'docker.io/library/nginx'],
    ['https://hub.docker.com/r/org/app', 'docker.io/org/app'],
    ['https://hub.docker.com/r/org/app/tags', 'docker.io/org/app'],
    ['https://hub.docker.com/r/org/app/tags?name=1.2', 'docker.io/org/app:1.2'],
    [`https://hub.docker.com/layers/org/app/1.2/images/sha256-${'b'.repeat(64)}`, 'docker.io/org/app:1.2'],
    ['https://hub.docker.com/repository/docker/org/app/general', 'docker.io/org/app'],
    ['https://quay.io/repository/org/app', 'quay.io/org/app'],
    ['https://quay.io/repository/org/app?tab=tags&tag=latest', 'quay.io/org/app:latest'],
    [`https://quay.io/repository/org/app/manifest/${DIGEST}`, `quay.io/org/app@${DIGEST}`],
    ['https://github.com/orgs/Org/packages/container/package/app', 'ghcr.io/org/app'],
    ['https://github.com/Owner/Repo/pkgs/container/app', 'ghcr.io/owner/app'],
    ['https://github.com/Owner/Repo/pkgs/container/app/123?tag=1.2', 'ghcr.io/owner/app:1.2'],
    ['https://github.com/Owner/Repo/pkgs/container/sub%2Fapp', 'ghcr.io/owner/sub/app'],
    ['http://localhost:5000/v2/power/app/manifests/1.0', 'localhost:5000/power/app:1.0'],
    [`https://r.test/v2/a/b/manifests/${DIGEST}`, `r.test/a/b@${DIGEST}`],
    ['https://r.test:8443/v2/a/b/tags/list?n=10', 'r.test:8443/a/b'],
    ['https://gcr.io/project/app:1', 'gcr.io/project/app:1'],
    ['HTTPS://ghcr.io/org/app', 'ghcr.io/org/app'],
  ])('%s leads to %s', (text, expected) => expect(read(text)).toBe(expected))
})

describe('what leads nowhere says so', () => {
  it.each([
    '',
    '   ',
    'https://',
    'https://hub.docker.com/',
    'https://hub.docker.com/search?q=nginx',
    'https://github.com/owner/repo',
    'https://quay.io/repository/',
    'https://r.test/',
    'https://r.test/v2/',
    'https://r.test/%E0%A4%A',
    'two words',
    'docker pull',
    'javascript:alert(1)//x/y z',
    'a'.repeat(5000),
  ])('“%s”', (text) => {
    expect(() => parseUserInput(text)).toThrow(expect.objectContaining({ code: 'reference_invalid' }))
  })
})
