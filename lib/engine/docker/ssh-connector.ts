import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { buildConnector } from 'undici'
import { formatEngineAddress, type SshAddress } from '../engine-address.ts'
import { ENGINE_LIMITS, ENGINE_TIMES } from './limits.ts'
import { sshError } from './ssh-error.ts'

/**
 * Connections to an engine behind SSH, made as the docker command makes them: the system's `ssh` runs
 * `docker system dial-stdio` there, and HTTP is spoken over its two streams. Keys, agents and jumps are the business of
 * the user's SSH configuration; nobody is asked anything, and a host whose key is not known is refused whatever that
 * configuration says.
 */
export function sshConnector(address: SshAddress): buildConnector.connector {
  return (_, callback) => {
    const name = formatEngineAddress(address)
    const child = spawn('ssh', sshArguments(address), { stdio: 'pipe' })
    child.once('error', (error) => callback(sshError(name, { error }), null))
    // What undici does to a socket beyond a stream's own, `SshStream` can.
    child.once('spawn', () => callback(null, new SshStream(child, name) as unknown as Socket))
  }
}

/** The arguments of `ssh`; the address was parsed, so no part of it is an option or more than one word. */
export function sshArguments({ host, user, port, path, configFile }: SshAddress): readonly string[] {
  const seconds = Math.ceil(ENGINE_TIMES.connectMs / 1_000)
  return [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...['-T', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'],
    // A machine that is switched off in the middle is noticed.
    ...['-o', `ConnectTimeout=${seconds}`, '-o', 'ServerAliveInterval=10', '-o', 'ServerAliveCountMax=3'],
    ...['-o', 'ForwardAgent=no', '-o', 'ForwardX11=no', '-o', 'ClearAllForwardings=yes'],
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    host.replace(/^\[|\]$/g, ''),
    ...['docker', ...(path === undefined ? [] : ['--host', `unix://${path}`]), 'system', 'dial-stdio'],
  ]
}

/** From the end of `ssh` until what it complained of has arrived. */
const LAST_WORDS_MS = 250

/** The streams of one `ssh` as one; a failure of `ssh` is this stream's error, in the words of `sshError`. */
class SshStream extends Duplex {
  private readonly child: ChildProcessWithoutNullStreams
  private readonly name: string
  private words = ''
  private isAnswered = false

  constructor(child: ChildProcessWithoutNullStreams, name: string) {
    super({ allowHalfOpen: true })
    this.name = name
    this.child = child
    const { stdin, stdout, stderr } = this.child
    stdout.on('data', (chunk: Buffer) => {
      this.isAnswered = true
      if (!this.push(chunk)) stdout.pause()
    })
    stderr.setEncoding('utf8').on('data', (text: string) => {
      if (this.words.length < ENGINE_LIMITS.errorBytes) this.words += text
    })
    // Where `ssh` ends first, its own words say why.
    stdin.on('error', () => {})
    this.child.once('exit', (code) => void this.conclude(code))
  }

  /** Undici sets these; time limits of calls are its own. */
  setTimeout(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
  ref(): this {
    this.child.ref()
    return this
  }
  unref(): this {
    this.child.unref()
    return this
  }

  override _read(): void {
    this.child.stdout.resume()
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    // A stream that has ended is told of by `conclude`.
    this.child.stdin.write(chunk, () => done())
  }

  override _final(done: (error?: Error | null) => void): void {
    this.child.stdin.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.child.kill()
    for (const stream of this.child.stdio) stream?.destroy()
    done(error)
  }

  private async conclude(code: number | null): Promise<void> {
    const { stdout, stderr } = this.child
    await Promise.race([
      Promise.all([ended(stdout), ended(stderr)]),
      new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS)),
    ])
    if (this.destroyed) return
    // An engine that was asked and answered closes; anything else has a reason.
    if (code === 0 && this.isAnswered) this.push(null)
    else this.destroy(sshError(this.name, { code, words: this.words, wasAnswered: this.isAnswered }))
  }
}

function ended(stream: NodeJS.ReadableStream & { readonly readableEnded?: boolean }): Promise<void> {
  return stream.readableEnded ? Promise.resolve() : new Promise((resolve) => stream.once('end', resolve))
}
