import type { FoldReason } from '#lib/diff/diff-side.ts'

/** Why a kind of difference is expected, in words. */
interface FoldWords {
  /** Before a count: `programs of the right architecture 214`. */
  readonly text: string
  readonly why: string
}

const WORDS: Readonly<Record<FoldReason, FoldWords>> = {
  'native-binary': {
    text: 'programs of the right architecture',
    why: 'Each side has it built for its own processor.',
  },
  'architecture-name': {
    text: 'names that spell the architecture',
    why: 'Paths, packages and settings that are the same once the names of the architectures are taken out.',
  },
  'package-database': {
    text: 'package databases',
    why: 'Compared package by package instead of byte by byte.',
  },
  generated: {
    text: 'caches, logs and ids',
    why: 'Written anew wherever an image is built.',
  },
  'library-folder': {
    text: 'library folders',
    why: 'Some architectures keep libraries in lib64 and some do not.',
  },
  rebuild: {
    text: 'rebuilt packages',
    why: 'The same source version, rebuilt for one architecture alone.',
  },
  checksum: {
    text: 'checksums',
    why: 'Each architecture downloads its own file, so its checksum differs.',
  },
  'build-time': { text: 'build times', why: 'No two images are built in the same moment.' },
  'exempt-binary': {
    text: 'foreign programs that harm nobody',
    why: 'Debug symbols, firmware, cross toolchains: for another architecture on purpose.',
  },
  'build-id': { text: 'build hosts and ids', why: 'A build system writes them for every build.' },
}

/** A reason whose differences are folded away, with how many there are. */
export interface Fold extends FoldWords {
  readonly reason: string
  readonly count: number
  readonly isShown: boolean
}

/** What is folded away, most first. A reason that is asked for and not there is left out. */
export function folds(counts: Readonly<Record<string, number>>, unfold: readonly string[]): Fold[] {
  return Object.entries(counts)
    .map(([reason, count]) => ({
      reason,
      count,
      ...foldWords(reason),
      isShown: unfold.includes('all') || unfold.includes(reason),
    }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
}

/** Words for a reason, also for one that this page does not know yet. */
export function foldWords(reason: string): FoldWords {
  return WORDS[reason as FoldReason] ?? { text: reason, why: 'Expected to differ.' }
}

/** What is unfolded after a click on a reason. */
export function toggledFold(shown: readonly Fold[], reason: string): string[] {
  return shown.filter((fold) => fold.isShown !== (fold.reason === reason)).map((fold) => fold.reason)
}
