import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { startLab } from './lab.ts'
import { ensurePackages } from './prepare.ts'

const skipped = (await ensurePackages(['registry'])).reason('registry')
const script = `
  import { startLab } from ${JSON.stringify(path.join(import.meta.dirname, 'lab.ts'))}
  const lab = await startLab()
  console.log(JSON.stringify({ folder: lab.folder, url: lab.registry('open').url }))
  setInterval(() => {}, 1_000)
`

describe.skipIf(skipped !== undefined)(`the lab ends${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  test('with stop: no process answers and no file is left, twice or in parallel', async () => {
    const lab = await startLab()
    const { url } = lab.registry('open')
    await Promise.all([lab.stop(), lab.stop()])
    await lab.stop()
    expect(existsSync(lab.folder)).toBe(false)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('with a parent that gets %s', async (signal) => {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const [line] = await once(createInterface(parent.stdout), 'line')
    const { folder, url }: { folder: string; url: string } = JSON.parse(line)
    const registryPid = childOf(parent.pid)
    parent.kill(signal)
    const [, endedBy] = await once(parent, 'exit')
    expect(endedBy).toBe(signal)
    await expect.poll(() => isAlive(registryPid)).toBe(false)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    // Nothing can clean up after itself when it is killed: the next lab does.
    if (signal === 'SIGKILL') await (await startLab()).stop()
    expect(existsSync(folder)).toBe(false)
  })
})

function childOf(pid: number | undefined): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}
