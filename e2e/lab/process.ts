import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'

/** A process of the lab, known by its pid. */
export interface LabProcess {
  readonly pid: number
  readonly exited: boolean
  /** SIGTERM, SIGKILL after five seconds, and waits until it is gone. */
  stop(): Promise<void>
}

const stopTimeoutMs = 5_000

/**
 * Starts a program whose output goes to `logFile`. `setpriv` asks the kernel to end it with this process,
 * even when this one is killed; it replaces itself, so the pid is the program's own.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  logFile: string,
): Promise<LabProcess> {
  const log = openSync(logFile, 'a')
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  await once(child, 'spawn')
  const release = untilExit(() => child.kill('SIGKILL'))
  child.once('exit', release)
  child.unref()
  const exited = () => child.exitCode !== null || child.signalCode !== null
  return {
    pid: child.pid ?? 0,
    get exited() {
      return exited()
    },
    stop: () => (exited() ? Promise.resolve() : stopChild(child)),
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.ref()
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await gone
  clearTimeout(timer)
}

/**
 * Runs a synchronous clean-up when this process ends by itself, by SIGINT or by SIGTERM. Returns a function
 * that calls it off. What was registered last runs first. A signal nobody else handles still ends the process.
 */
export function untilExit(cleanUp: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    release()
    cleanUp()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  const release = () => {
    process.off('exit', cleanUp)
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  process.prependOnceListener('exit', cleanUp)
  process.prependOnceListener('SIGINT', onSignal)
  process.prependOnceListener('SIGTERM', onSignal)
  return release
}
