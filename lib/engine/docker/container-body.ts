import type { ContainerSpec } from '../container-spec.ts'
import type { HealthCheck } from '../engine.ts'
import { leaseLabels } from './lease-labels.ts'

/** What the engine's machine and the image add to a specification. */
export interface ContainerFacts {
  readonly cpus: number
  readonly volumes: readonly string[]
  readonly health?: HealthCheck | undefined
}

/**
 * The body of `POST /containers/create`: the whole sandbox, in one place.
 *
 * - `Init`: a QEMU guest that dies of a signal as process 1 hangs for ever; below an init it ends with 128 + n.
 * - `/tmp` may execute: Java and others unpack their native libraries there, and the root file system executes anyway.
 * - `LogConfig none`: output is read by attach; a flood must not fill the engine's disk.
 * - `StopTimeout 0`: an engine that shuts down, and Podman's remove, kill at once.
 */
export function containerBody(spec: ContainerSpec, facts: ContainerFacts): Record<string, unknown> {
  const { limits } = spec
  return {
    Image: spec.image,
    ...(spec.entrypoint && { Entrypoint: spec.entrypoint }),
    ...(spec.command && { Cmd: spec.command }),
    Env: Object.entries(spec.env ?? {}).map(([name, value]) => `${name}=${value}`),
    Labels: leaseLabels(spec.lease),
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    OpenStdin: false,
    StopTimeout: 0,
    Healthcheck: healthcheck(spec, facts.health),
    HostConfig: {
      NetworkMode: typeof spec.network === 'string' ? spec.network : `container:${spec.network.joins}`,
      ReadonlyRootfs: true,
      Tmpfs: tmpfs(facts.volumes, limits.tmpfsBytes),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      IpcMode: 'private',
      Init: true,
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      PidsLimit: limits.pids,
      NanoCpus: Math.round(Math.min(limits.cpus, facts.cpus) * 1e9),
      LogConfig: { Type: 'none' },
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
    },
  }
}

/** How often a health check is tried: an image's own 30 s would be half of the time there is. */
const HEALTH_INTERVAL_MS = 1_000

/**
 * The image's own check, tried often. It is given up when the image's own times would give it up: failures count only
 * after the start period and all retries but the last few. Stated whole: Podman takes nothing from the image then.
 */
function healthcheck({ health }: ContainerSpec, own: HealthCheck | undefined) {
  if (!health || own === undefined) return { Test: ['NONE'] }
  const intervalMs = Math.min(HEALTH_INTERVAL_MS, own.intervalMs)
  const patienceMs = own.startPeriodMs + own.retries * (own.intervalMs - intervalMs)
  return {
    Test: own.test,
    Interval: Math.round(intervalMs * 1e6),
    StartPeriod: Math.round(patienceMs * 1e6),
    Retries: own.retries,
  }
}

/** Parents before children, so that one does not hide the other. */
function tmpfs(volumes: readonly string[], sizeBytes: number): Record<string, string> {
  const options = `rw,exec,nosuid,nodev,mode=1777,size=${sizeBytes}`
  const paths = new Set(['/tmp', ...volumes.map((path) => path.replace(/(?<=.)\/+$/, ''))])
  return Object.fromEntries([...paths].toSorted().map((path) => [path, options]))
}
