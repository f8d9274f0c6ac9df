import { expect, test } from 'vitest'
import { createPlainHttpRule } from './plain-http.ts'

test.each<[string, string[], string]>([
  ['docker.io', [], 'https://registry-1.docker.io/'],
  ['quay.io', [], 'https://quay.io/'],
  ['quay.io:8443', [], 'https://quay.io:8443/'],
  ['localhost', [], 'http://localhost/'],
  ['localhost:5000', [], 'http://localhost:5000/'],
  ['127.0.0.1:5000', [], 'http://127.0.0.1:5000/'],
  ['127.1.2.3:5000', [], 'http://127.1.2.3:5000/'],
  ['[::1]:5000', [], 'http://[::1]:5000/'],
  ['localhost:443', [], 'https://localhost/'],
  ['10.0.0.1:5000', [], 'https://10.0.0.1:5000/'],
  ['registry.corp', ['registry.corp'], 'http://registry.corp/'],
  ['registry.corp:5000', ['registry.corp'], 'http://registry.corp:5000/'],
  ['registry.corp:5000', ['Registry.corp:5000'], 'http://registry.corp:5000/'],
  ['registry.corp:5001', ['registry.corp:5000'], 'https://registry.corp:5001/'],
  ['sub.registry.corp', ['registry.corp'], 'https://sub.registry.corp/'],
  ['[fd00::1]:5000', ['[fd00::1]:5000'], 'http://[fd00::1]:5000/'],
  ['[fd00::1]:5000', ['fd00::1'], 'http://[fd00::1]:5000/'],
])('%s with %j insecure is asked at %s', (registry, insecure, origin) => {
  expect(createPlainHttpRule(insecure).originOf(registry).href).toBe(origin)
})

test.each<[string, boolean]>([
  ['http://localhost:9000/x', true],
  ['http://registry.corp:5000/x', true],
  ['http://registry.corp/x', false],
  ['http://store.corp/x', true],
  ['http://evil.example/x', false],
])('plain http to %s: %s', (url, allowed) => {
  expect(createPlainHttpRule(['registry.corp:5000', 'store.corp:80']).allows(new URL(url))).toBe(allowed)
})
