import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const goneTimeoutMs = 5_000
const pollMs = 20
const pingTimeoutMs = 5_000

/** Where engines of this process keep their things: the pid tells later laboratories whether they may clear it. */
export async function engineFolderPrefix(pid = process.pid): Promise<string> {
  const namespace = (await readlink('/proc/self/ns/pid')).replace(/\D/g, '')
  return path.join(os.tmpdir(), `archway-engine-${namespace}-${pid}-`)
}

/** Whether an engine answers on this socket. */
export function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ socketPath, path: '/_ping', timeout: pingTimeoutMs }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false))
    request.on('timeout', () => request.destroy())
  })
}

/** Clears what engines of processes left that were killed. */
export async function clearAbandonedEngines(): Promise<void> {
  const prefix = path.basename(await engineFolderPrefix()).replace(/\d+-$/, '')
  for (const name of await readdir(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length).match(/^(\d+)-/)?.[1] : undefined
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      await clearEngineFolder(path.join(os.tmpdir(), name))
  }
}

/**
 * Ends every process of an engine by its pid (daemon, containerd, shims and with them the containers), unmounts what
 * is mounted below its folder, and removes the folder. Its processes are those that name the folder, which no other
 * engine has, in their command line.
 */
export async function clearEngineFolder(folder: string): Promise<void> {
  await endProcesses(folder)
  for (const mount of (await mountsBelow(folder)).toReversed()) {
    await promisify(execFile)('umount', ['--lazy', mount]).catch(() => {})
  }
  await promisify(execFile)('rm', ['-rf', '--one-file-system', '--', folder])
}

/** Pids of the processes of an engine. */
export async function engineProcesses(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const own = await Promise.all(
    pids.map(async (pid) => {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return pid !== process.pid && commandLine.includes(`${folder}/`)
    }),
  )
  return pids.filter((_, at) => own[at])
}

/** Ends what is left of an engine whose daemon was killed, as a restart of the machine would. */
export async function endProcesses(folder: string): Promise<void> {
  const deadline = Date.now() + goneTimeoutMs
  while (true) {
    const pids = await withChildren(await engineProcesses(folder))
    if (pids.length === 0) return
    if (Date.now() > deadline) throw new Error(`The processes ${pids.join(', ')} of ${folder} do not end`)
    for (const pid of pids) endNow(pid)
    await sleep(pollMs)
  }
}

/** A shim's children are the containers: their command line is the image's own. */
async function withChildren(pids: readonly number[]): Promise<readonly number[]> {
  const found = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
      return withChildren(text.split(' ').filter(Boolean).map(Number))
    }),
  )
  return [...pids, ...found.flat()]
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

async function mountsBelow(folder: string): Promise<readonly string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n')
  return lines.map((line) => line.split(' ')[4] ?? '').filter((mount) => mount.startsWith(`${folder}/`))
}
