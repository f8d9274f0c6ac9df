import type { ProblemDto } from '#lib/api/parts.ts'
import { imagePath, repositoryPath } from '#lib/client/page-paths.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { formatReference, formatRepository } from '#lib/oci/reference.ts'
import { parseUserInput } from '#lib/oci/user-input.ts'

/** Where typed text leads: a page and the canonical text of what it shows, or why it leads nowhere. */
export type Destination =
  | { readonly kind: 'repository' | 'image'; readonly path: string; readonly name: string }
  | { readonly kind: 'nowhere'; readonly problem: ProblemDto }

/** Understands a repository, a reference or an address pasted from a registry's site. */
export function destinationOf(text: string): Destination {
  try {
    const input = parseUserInput(text)
    if (input.kind === 'repository') {
      const name = formatRepository(input.repository)
      return { kind: 'repository', path: repositoryPath(name), name }
    }
    const name = formatReference(input.reference)
    return { kind: 'image', path: imagePath(name), name }
  } catch (error) {
    return { kind: 'nowhere', problem: problemOf(error) }
  }
}
