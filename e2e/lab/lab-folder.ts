import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, statfs } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { untilExit } from './process.ts'

/** A temporary folder that goes with this process at the latest. */
export interface LabFolder {
  readonly path: string
  remove(): Promise<void>
}

const sharedMemory = '/dev/shm'
/** 20,000 tags take 320 MB of memory there. */
const neededBytes = 2 * 1024 ** 3

/** Makes the lab's folder: in memory where there is plenty (20,000 tags in 3 s instead of 10 to 20 s). */
export async function makeLabFolder(): Promise<LabFolder> {
  const parent = (await hasRoomInMemory()) ? sharedMemory : os.tmpdir()
  const folder = await mkdtemp(path.join(parent, 'archway-lab-'))
  const release = untilExit(() => rmSync(folder, { recursive: true, force: true }))
  return {
    path: folder,
    async remove() {
      // The command takes half the time of Node's own.
      await promisify(execFile)('rm', ['-rf', '--', folder])
      release()
    },
  }
}

async function hasRoomInMemory(): Promise<boolean> {
  const disk = await statfs(sharedMemory).catch(() => undefined)
  const freeBytes = disk === undefined ? 0 : disk.bavail * disk.bsize
  return Math.min(freeBytes, os.freemem()) >= neededBytes
}
