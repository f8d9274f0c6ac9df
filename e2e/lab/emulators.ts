import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const binfmtFolder = '/proc/sys/fs/binfmt_misc'
const emulatorNames = ['qemu-aarch64', 'qemu-arm', 'qemu-ppc64le', 'qemu-s390x'] as const

/**
 * Lets the kernel run foreign binaries by QEMU, as Debian's own service does at boot: mounts binfmt_misc when it is
 * not, and registers what is missing. It stays registered: other laboratories on this machine may be using it.
 */
export async function registerEmulators(): Promise<void> {
  if (!existsSync(`${binfmtFolder}/register`)) {
    await promisify(execFile)('mount', ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
  }
  for (const name of emulatorNames) {
    if (existsSync(`${binfmtFolder}/${name}`)) continue
    const lines = (await readFile(`/usr/lib/binfmt.d/${name}.conf`, 'utf8')).split('\n')
    const line = lines.find((each) => each.startsWith(':'))
    if (line === undefined) throw new Error(`/usr/lib/binfmt.d/${name}.conf registers nothing`)
    await writeFile(`${binfmtFolder}/register`, line).catch((error: NodeJS.ErrnoException) => {
      // Somebody else was faster.
      if (error.code !== 'EEXIST') throw error
    })
  }
}
