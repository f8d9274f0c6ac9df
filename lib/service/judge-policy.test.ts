import { expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import type { Policy } from '#lib/coverage/policy.ts'
import { inspectImage } from './inspect-image.ts'
import { memoryContext } from './testing/memory-context.ts'

/** Inspects an index of amd64 and s390x, where s390x runs as another user, under a policy. */
async function inspect(policy: Partial<Policy>, { lacks }: { lacks?: 's390x' } = {}) {
  const { context, source } = memoryContext()
  const images = ['amd64', 's390x'].map((architecture) =>
    buildImage({ architecture, config: { User: architecture === 's390x' ? '1' : '' } }),
  )
  source.put(buildIndex({ children: images }), '1.0')
  if (lacks) source.remove(images[1]?.digest ?? '')
  const answer = await inspectImage(
    { ...context, policy: { require: [], exceptions: [], ...policy } },
    { ref: 'registry.test/lab/app:1.0' },
  )
  return { ...answer, codes: answer.findings.map(({ code, platform }) => [code, platform]) }
}
const require = [{ repository: 'registry.test/lab/*', platforms: ['linux/ppc64le', 'linux/s390x'] }]
const exception = {
  check: 'META-005',
  repository: 'registry.test/**',
  reason: 'known',
  expires: '2026-12-31',
} as const

it('a required platform that is missing is found', async () =>
  expect((await inspect({ require })).codes).toContainEqual(['COV-001', 'linux/ppc64le']))

it('a platform that is listed and not in the registry is missing', async () =>
  expect((await inspect({ require }, { lacks: 's390x' })).codes).toContainEqual(['COV-001', 'linux/s390x']))

it('without a requirement the check does not say that it looked', async () =>
  expect((await inspect({})).checked).not.toContain('COV-001'))

it('what an exception accepts is told apart, with its reason', async () => {
  const { codes, accepted } = await inspect({ exceptions: [exception] })
  expect(codes).toEqual([])
  expect(accepted).toMatchObject([{ code: 'META-005', reason: 'known', expires: '2026-12-31' }])
})

it('what an exception accepted once counts again, and says so', async () => {
  const { findings, accepted } = await inspect({ exceptions: [{ ...exception, expires: '2026-01-01' }] })
  expect(accepted).toEqual([])
  expect(findings[0]?.message).toContain('The exception for it expired on 2026-01-01 (“known”).')
})
