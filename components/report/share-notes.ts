/** What a link masks, said before one is made. */
export function maskedNote(env: Readonly<Record<string, string>>): string {
  const names = Object.keys(env)
  const shows =
    'It shows the reference, the names and kernels of the machines, and everything that the programs wrote'
  if (names.length === 0) {
    return `${shows}. No environment was given to this run, so nothing is masked.`
  }
  return `${shows}. Masked are the values of ${names.join(', ')}, also where a program printed them in full; values of fewer than six characters and harmless ones such as PATH and HOME are not looked for. Whoever can open this Archway itself sees all values there.`
}

/** A link into this machine alone is of no use to others: said before somebody sends it. */
export function reachNote({ hostname, host }: Pick<Location, 'hostname' | 'host'>): string | undefined {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
    ? `This Archway is at ${host}, which only this machine can reach, and so can the link.`
    : undefined
}
