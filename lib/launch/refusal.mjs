/** A reason to stop that the user can do something about: shown as text, without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 2) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * Runs a command's main function and ends this process with the exit code that it gives.
 * @param {() => Promise<number | undefined>} main answers undefined to leave this process running
 */
export async function runToExit(main) {
  try {
    const code = await main()
    if (code !== undefined) process.exit(code)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(`archway: ${error.message}`)
    process.exit(error.exitCode)
  }
}
