/** What a link shows and masks, said before one is made. */
export function maskedNote(maskedNames: readonly string[]): string {
  const shows =
    'It shows the reference, the names and kernels of the machines, and everything that the programs wrote'
  if (maskedNames.length === 0) {
    return `${shows}. No secret was given to this run by its environment, so nothing is masked.`
  }
  return `${shows}. Masked are the values of ${maskedNames.join(', ')}, also where a program printed them as they are, if they have six characters or more. Whoever can open this Archway itself reads the values in the report’s JSON, where a run that is repeated takes them from.`
}

/** What leads into this machine alone is of no use to others: said before somebody sends it. */
export function reachNote(
  { hostname, host }: Pick<Location, 'hostname' | 'host'>,
  use = 'open the link',
): string | undefined {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
    ? `This Archway is at ${host}, which only this machine can reach: nobody elsewhere can ${use}.`
    : undefined
}
