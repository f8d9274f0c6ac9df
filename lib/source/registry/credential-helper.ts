import { spawn } from 'node:child_process'
import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import type { HelperChoice, Login } from './docker-config.ts'

/** Environment of the helper processes: they need PATH, HOME and whatever their keyring needs. */
export type HelperEnvironment = Readonly<Record<string, string | undefined>>

/** Bounds on a helper: one that waits for a person to type would wait for ever. */
export const HELPER_LIMITS = { timeoutMs: 10_000, outputBytes: 64 << 10 } as const

const NAME = /^[A-Za-z0-9._-]{1,100}$/
/** By convention the user name that marks a secret as an identity token. */
const TOKEN_USER = '<token>'
/** The protocol's only sign for “no login here”, printed by every helper made with Docker's library. */
const NOT_FOUND = /credentials not found/i

const answerSchema = z.object({ Username: z.string(), Secret: z.string().min(1) })

/**
 * Runs `docker-credential-NAME get` with the server URL on its standard input, as Docker does. Undefined where the
 * helper knows no login. Ends it after 10 s or 64 KiB of output. Throws `credentials_unavailable` naming the helper.
 */
export async function askCredentialHelper(
  choice: HelperChoice,
  environment: HelperEnvironment,
  timeoutMs: number = HELPER_LIMITS.timeoutMs,
): Promise<Login | undefined> {
  if (!NAME.test(choice.name) || choice.name.includes('..')) {
    throw failed(choice, 'its name is not a helper’s')
  }
  const { exitCode, output } = await run(choice, environment, timeoutMs)
  if (exitCode !== 0) {
    if (NOT_FOUND.test(output)) return undefined
    throw failed(choice, `it ended with exit code ${exitCode}`)
  }
  const { Username: username, Secret: secret } = parseAnswer(choice, output)
  return username === TOKEN_USER
    ? { kind: 'identity-token', username, token: secret }
    : { kind: 'basic', username, password: secret }
}

function run(
  choice: HelperChoice,
  environment: HelperEnvironment,
  timeoutMs: number,
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${choice.name}`, ['get'], {
      // A group of its own, so that what a script started ends with it.
      detached: true,
      env: { ...environment } as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const chunks: Buffer[] = []
    let receivedBytes = 0
    const end = () => {
      clearTimeout(timer)
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        killGroup(child.pid)
      child.stdout.destroy()
    }
    const giveUp = (reason: string) => {
      end()
      reject(failed(choice, reason))
    }
    const timer = setTimeout(
      () => giveUp(`it did not answer within ${Math.round(timeoutMs / 1_000)} seconds`),
      timeoutMs,
    )
    child.on('error', (error: NodeJS.ErrnoException) =>
      giveUp(error.code === 'ENOENT' ? 'it is not installed, or not on the PATH' : 'it could not be started'),
    )
    child.stdout.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.byteLength
      if (receivedBytes > HELPER_LIMITS.outputBytes) giveUp('it printed more than 64 KiB')
      else chunks.push(chunk)
    })
    child.on('close', (exitCode, signal) => {
      end()
      if (exitCode === null) reject(failed(choice, `it was ended by ${signal}`))
      else resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') })
    })
    // A helper that ends without reading is judged by its exit code.
    child.stdin.on('error', () => {})
    child.stdin.end(choice.serverUrl)
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

function parseAnswer(choice: HelperChoice, output: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(output))
  } catch {
    // The cause would quote the output, which is a secret.
    throw failed(choice, 'its answer is not a login in JSON')
  }
}

function failed(choice: HelperChoice, reason: string): AppError {
  const name = choice.name.slice(0, 100)
  return new AppError(
    'credentials_unavailable',
    `The credential helper docker-credential-${name} failed: ${reason}.`,
    {
      hint: 'Docker’s config.json names it in credsStore or credHelpers; repair it there, or remove the entry.',
    },
  )
}
