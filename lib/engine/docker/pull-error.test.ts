import { expect, test } from 'vitest'
import { parseDigest } from '#lib/oci/digest.ts'
import type { PullRequest } from '../engine.ts'
import { isPlatformRefusal, pullError } from './pull-error.ts'

const request = (registry: string): PullRequest => ({
  repository: { kind: 'registry', registry, path: 'power/app' },
  digest: parseDigest(`sha256:${'a'.repeat(64)}`),
  platform: { os: 'linux', architecture: 'ppc64le' },
})

test.each([
  [
    'Get "http://127.0.0.1:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
    'registry_unseen',
  ],
  ['Get "https://r.example/v2/": dial tcp: lookup r.example on 1.1.1.1:53: no such host', 'registry_unseen'],
  [
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'registry_unseen',
  ],
  ['Get "https://r.example/v2/": http: server gave HTTP response to HTTPS client', 'image_pull_failed'],
  ['Get "https://r.example/v2/": x509: certificate signed by unknown authority', 'image_pull_failed'],
  ['pull access denied for power/app, repository does not exist or may require docker login', 'unauthorised'],
  ['unauthorized: authentication required', 'unauthorised'],
  ['no basic auth credentials', 'unauthorised'],
  ['toomanyrequests: You have reached your pull rate limit.', 'rate_limited'],
  [
    'manifest for r.example/power/app@sha256:aa not found: manifest unknown: manifest unknown',
    'manifest_unknown',
  ],
  ['unknown blob', 'blob_unknown'],
  ['filesystem layer verification failed for digest sha256:aa', 'digest_mismatch'],
  ['manifest verification failed for digest sha256:aa', 'digest_mismatch'],
  ['happened during read: Digest did not match, expected sha256:aa, got sha256:bb', 'digest_mismatch'],
  ['Manifest does not match provided manifest digest sha256:aa', 'digest_mismatch'],
  ["layers from manifest don't match image configuration", 'image_broken'],
  [
    'failed to register layer: Error processing tar file(exit status 1): archive/tar: invalid tar header',
    'image_broken',
  ],
  ['Error processing tar file(exit status 1): write /x: no space left on device', 'image_pull_failed'],
  ['write /var/lib/docker/tmp/x: no space left on device', 'image_pull_failed'],
  ['unexpected EOF', 'image_pull_failed'],
  ['Get "https://r.example/v2/": EOF', 'registry_unseen'],
  ['something nobody has seen', 'image_pull_failed'],
])('%s', (words, code) => {
  const error = pullError(request('r.example'), 'unix:///x', words)
  expect(error).toMatchObject({ code, message: expect.stringContaining('r.example/power/app') })
})

test.each([
  [
    'a loopback registry that the engine does not see: whose loopback it is',
    'localhost:5000',
    'dial tcp [::1]:5000: connect: connection refused',
    'registry_unseen',
    /its own machine, or the virtual machine/,
  ],
  [
    'another that it does not see: from where it must be seen',
    'r.example',
    'dial tcp: lookup r.example: no such host',
    'registry_unseen',
    /reachable from its machine/,
  ],
  [
    'one of plain HTTP: where the engine is told so',
    '10.1.2.3:5000',
    'Get "https://10.1.2.3:5000/v2/": http: server gave HTTP response to HTTPS client',
    'image_pull_failed',
    /“10\.1\.2\.3:5000” to “insecure-registries”.*registries\.conf/,
  ],
])('%s', (_, registry, words, code, hint) => {
  const error = pullError(request(registry), 'tcp://build:2376', words)
  expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) })
  expect(error.message).toContain(registry)
})

test.each([
  ['image with reference x was found but does not match the specified platform: wanted linux/s390x', true],
  ['no match for platform in manifest sha256:aa: not found', true],
  ['manifest unknown', false],
])('refused for the platform: %s', (words, is) => expect(isPlatformRefusal(words)).toBe(is))
