import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const WITHIN_MS = 180_000
const PACKAGES = 'base-files,bash,coreutils,libc-bin,busybox-static'
const SUITE = 'bookworm'

/** What dpkg would have written, had it installed what mmdebstrap only unpacks. */
const NOTE_INSTALLED = `#!/bin/sh
for deb in "$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb -f "$deb" && echo 'Status: install ok installed' && echo
done > "$1/var/lib/dpkg/status"
`

/** Where this machine takes the release from. The release alone: updates of foreign indexes are often half copied. */
async function mirror(): Promise<string> {
  const fields = ['--format', '$(REPO_URI)', 'Created-By: Packages', `Release: ${SUITE}`]
  const { stdout } = await run('apt-get', ['indextargets', ...fields])
  const [uri] = stdout.split('\n')
  if (!uri) throw new Error(`This machine has no source of ${SUITE}.`)
  return uri
}

/**
 * Unpacks a small Debian of an architecture by Debian's name, with its package database, into a new folder below
 * `folder`. Runs nothing of it, so that foreign ones take as long as one's own. Throws where Debian cannot be reached.
 */
export async function unpackDebian(folder: string, architecture: string): Promise<string> {
  const root = path.join(folder, architecture)
  const hook = path.join(folder, `note-${architecture}`)
  await mkdir(folder, { recursive: true })
  await writeFile(hook, NOTE_INSTALLED, { mode: 0o755 })
  await run(
    'mmdebstrap',
    [
      ...['--quiet', '--mode=root', '--variant=extract', `--architectures=${architecture}`],
      ...['--skip=check/qemu', `--include=${PACKAGES}`, `--extract-hook=${hook}`],
      SUITE,
      root,
      `deb ${await mirror()} ${SUITE} main`,
    ],
    { timeout: WITHIN_MS, maxBuffer: 16 << 20 },
  )
  return root
}

/** These paths of a folder as an archive, devices left to the engine. */
export async function packFiles(root: string, paths: readonly string[]): Promise<Buffer> {
  const { stdout } = await run(
    'tar',
    ['--sort=name', '--mtime=@0', '--exclude=./dev/*', '-C', root, '-cf', '-', ...paths],
    { encoding: 'buffer', maxBuffer: 512 << 20 },
  )
  return stdout
}
