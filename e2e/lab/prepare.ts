import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/** A part of the laboratory that needs programs which npm does not bring; `layers` has tools to read images with, `systems` to make them. */
export type LabFeature =
  | 'registry'
  | 'basic'
  | 'token'
  | 'peers'
  | 'browser'
  | 'engine'
  | 'podman'
  | 'junit'
  | 'layers'
  | 'ssh'
  | 'systems'

/** A Debian package, how to see that it is there, and what needs it. */
export interface LabPackage {
  readonly name: string
  /** A command on PATH, or an absolute path. */
  readonly shownBy: string
  readonly features: readonly LabFeature[]
}

/** What is here after `ensurePackages`. */
export interface Readiness {
  readonly missing: readonly LabPackage[]
  /** Why tests of this feature must be skipped; absent when it works. */
  reason(feature: LabFeature): string | undefined
}

/** Every package of the laboratory. */
export const labPackages: readonly LabPackage[] = [
  { name: 'docker-registry', shownBy: 'docker-registry', features: ['registry', 'basic', 'token'] },
  { name: 'util-linux', shownBy: 'setpriv', features: ['registry', 'basic', 'token', 'engine', 'podman'] },
  { name: 'apache2-utils', shownBy: 'htpasswd', features: ['basic'] },
  { name: 'openssl', shownBy: 'openssl', features: ['token'] },
  { name: 'docker.io', shownBy: 'dockerd', features: ['engine'] },
  { name: 'runc', shownBy: 'runc', features: ['engine', 'podman'] },
  { name: 'iptables', shownBy: 'iptables', features: ['engine'] },
  { name: 'tini', shownBy: 'tini-static', features: ['engine'] },
  { name: 'qemu-user-static', shownBy: 'qemu-ppc64le-static', features: ['engine', 'podman'] },
  { name: 'mount', shownBy: 'mount', features: ['engine', 'podman'] },
  { name: 'podman', shownBy: 'podman', features: ['podman'] },
  { name: 'catatonit', shownBy: 'catatonit', features: ['podman'] },
  { name: 'openssh-server', shownBy: '/usr/sbin/sshd', features: ['ssh'] },
  { name: 'openssh-client', shownBy: 'ssh', features: ['ssh'] },
  { name: 'mmdebstrap', shownBy: 'mmdebstrap', features: ['systems'] },
  { name: 'umoci', shownBy: 'umoci', features: ['layers'] },
  { name: 'buildah', shownBy: 'buildah', features: ['layers'] },
  { name: 'binutils', shownBy: 'readelf', features: ['layers'] },
  { name: 'rpm', shownBy: 'rpm', features: ['layers'] },
  { name: 'skopeo', shownBy: 'skopeo', features: ['peers'] },
  { name: 'ca-certificates', shownBy: '/etc/ssl/certs/ca-certificates.crt', features: ['peers', 'browser'] },
  { name: 'chromium', shownBy: 'chromium', features: ['browser'] },
  { name: 'libxml2-utils', shownBy: 'xmllint', features: ['junit'] },
  {
    name: 'python3-junitparser',
    shownBy: '/usr/lib/python3/dist-packages/junitparser',
    features: ['junit'],
  },
  { name: 'procps', shownBy: 'ps', features: ['browser'] },
]

const allFeatures: readonly LabFeature[] = [
  'registry',
  'basic',
  'token',
  'peers',
  'browser',
  'engine',
  'podman',
  'junit',
  'layers',
  'ssh',
  'systems',
]
const installTimeoutMs = 15 * 60_000

/**
 * Installs what the features lack, on Debian as root; elsewhere, and when that fails, says what is missing so
 * that tests can skip with the reason. With `CI` set nothing may be skipped, so it throws instead.
 */
export async function ensurePackages(features: readonly LabFeature[] = allFeatures): Promise<Readiness> {
  let missing = await missingFor(features)
  let failure: string | undefined
  if (missing.length > 0 && (await canInstall())) {
    failure = await install(missing.map((each) => each.name))
    missing = await missingFor(features)
  }
  const names = missing.map((each) => each.name).join(' ')
  if (missing.length > 0 && process.env.CI) {
    throw new Error(`With CI set nothing may be skipped. Missing: ${names}. ${failure ?? ''}`)
  }
  return {
    missing,
    reason(feature) {
      const lacking = missing.filter((each) => each.features.includes(feature)).map((each) => each.name)
      return lacking.length === 0 ? undefined : `needs ${lacking.join(', ')} (apt-get install ${names})`
    },
  }
}

async function missingFor(features: readonly LabFeature[]): Promise<readonly LabPackage[]> {
  const needed = labPackages.filter((each) => each.features.some((feature) => features.includes(feature)))
  const present = await Promise.all(needed.map((each) => isPresent(each.shownBy)))
  return needed.filter((_, at) => !present[at])
}

async function isPresent(shownBy: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const files = path.isAbsolute(shownBy) ? [shownBy] : folders.map((folder) => path.join(folder, shownBy))
  const found = await Promise.allSettled(files.map((file) => access(file)))
  return found.some((each) => each.status === 'fulfilled')
}

async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await isPresent('/etc/debian_version')) && (await isPresent('apt-get'))
}

/** Returns what went wrong, if anything did. A fresh machine has no package lists, hence the second try. */
async function install(names: readonly string[]): Promise<string | undefined> {
  const installNames = () => apt(['install', '--yes', '--no-install-recommends', ...names])
  try {
    await installNames().catch(async () => {
      await apt(['update'])
      await installNames()
    })
    return undefined
  } catch (error) {
    return String(error)
  }
}

async function apt(args: readonly string[]): Promise<void> {
  await promisify(execFile)('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    // Without SYSTEMD_OFFLINE, docker-registry would at once serve port 5000 to the network.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' },
    timeout: installTimeoutMs,
  })
}
