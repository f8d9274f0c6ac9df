import { expect, it } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { resolveEntrypoint } from '#lib/image/resolve-entrypoint.ts'
import { containerFiles } from './container-files.ts'
import { FakeEngine } from './testing/fake-engine.ts'

const COMMAND = { entrypoint: ['/run.sh'], cmd: [], env: [], workingDir: '/' }

it('links that lead in a circle are the image’s, though the engine refuses to follow them', async () => {
  const engine = new FakeEngine()
  engine.failures.set('readArchive', new AppError('link_loop', 'It never leads to a file.'))
  expect(await resolveEntrypoint(containerFiles(engine, 'c1'), COMMAND)).toMatchObject({
    kind: 'loop',
    path: '/run.sh',
  })
})
it('what else an engine refuses is its own fault', async () => {
  const engine = new FakeEngine()
  engine.failures.set('readArchive', new AppError('engine_refused', 'No.'))
  await expect(containerFiles(engine, 'c1')('/run.sh')).rejects.toMatchObject({ code: 'engine_refused' })
})
