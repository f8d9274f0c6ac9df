import path from 'node:path'

/** What `behave` is compiled for: the machine of most laboratories, and the one this is about. */
export const programArchitectures = ['amd64', 'ppc64le'] as const

/** One of them. */
export type ProgramArchitecture = (typeof programArchitectures)[number]

/** The committed binary: `behave` runs alone, `loaderless` asks for a loader that is nowhere. */
export function programFile(architecture: ProgramArchitecture, name: 'behave' | 'loaderless'): string {
  return path.join(import.meta.dirname, 'programs', architecture, name)
}
