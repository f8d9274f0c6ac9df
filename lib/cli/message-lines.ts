import type { AppError } from '#lib/errors/app-error.ts'

/** An error for a terminal. Several faults have a line each: editors and people jump to `file:line:column` at its beginning. */
export function messageLines({ message, faults }: AppError): readonly string[] {
  const [first = ''] = faults
  if (faults.length < 2) return [`archway: ${message}`]
  return [`archway: ${message.slice(0, message.indexOf(first)).trimEnd()}`, ...faults]
}
