import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const SYSTEM = ['openjdk-17-jre-headless', 'python3', 'nginx-light']
const run = promisify(execFile)

/** Debian's name of an architecture. */
export type SystemArchitecture = 'amd64' | 'ppc64el'

/**
 * A gzip layer that holds a whole Debian system with a Java runtime: `ppc64el.tar.gz` of the folder that
 * `ARCHWAY_BENCH_SYSTEMS` names, else made in `folder`. That needs mmdebstrap, arch-test, QEMU's binfmt entry and some
 * minutes; undefined where mmdebstrap is not here.
 */
export async function systemLayer(
  architecture: SystemArchitecture,
  folder: string,
): Promise<string | undefined> {
  const made = path.join(process.env.ARCHWAY_BENCH_SYSTEMS ?? folder, `${architecture}.tar.gz`)
  if (existsSync(made)) return made
  if (!existsSync('/usr/bin/mmdebstrap')) return undefined
  const archive = path.join(folder, `${architecture}.tar`)
  await run('mmdebstrap', [
    '--variant=minbase',
    `--architectures=${architecture}`,
    `--include=${SYSTEM.join(',')}`,
    'bookworm',
    archive,
    await ownMirror(),
  ])
  await run('gzip', ['-6', archive])
  return `${archive}.gz`
}

/** Where this machine gets the release; its updates may be mid-sync for one architecture, and then nothing is made. */
async function ownMirror(): Promise<string> {
  const targets = ['indextargets', '--format', '$(CODENAME) $(REPO_URI)', 'Created-By: Packages']
  const { stdout } = await run('apt-get', targets)
  const uri = /^bookworm (\S+)/m.exec(stdout)?.[1]
  if (uri === undefined) throw new Error('This machine does not get its packages from Debian bookworm.')
  return `deb ${uri} bookworm main`
}
