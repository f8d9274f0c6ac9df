/** Runs once when the server starts: runs that a server before this one did not end are taken up at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startServer } = await import('#lib/server/start-server.ts')
  await startServer()
}
